// How a window stands by the phone's clock now: the page may have been made hours ago.

const { zone } = document.documentElement.dataset;

// The time at the site, as the rest of the page says it, whatever zone the phone is set to; `day` asks for its date as well.
export function clock(instant, day = {}) {
  return new Date(instant).toLocaleString("zh-CN", { ...day, timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

// The chip's kind and its word at this moment; `at` has the instants of the window in milliseconds.
export function standing(at, now, words) {
  if (now < at.opens) return ["info", words.opens.replace("{time}", clock(at.opens))];
  if (now < at.start) return ["info", words.early];
  if (now <= at.end) return ["due", words.min_left.replace("{n}", Math.floor((at.end - now) / 60000))];
  if (now <= at.grace) return ["due", words.in_grace];
  return ["bad", now <= at.expire ? words.over : words.expired];
}

export function watchWindow(words) {
  const chip = document.getElementById("due");
  if (!chip) return;
  const at = Object.fromEntries(Object.entries(chip.dataset).map(([name, instant]) => [name, new Date(instant).getTime()]));
  const look = () => {
    const [kind, word] = standing(at, Date.now(), words);
    chip.className = `chip ${kind}`;
    document.getElementById("left").textContent = word;
    document.getElementById("late").hidden = Date.now() <= at.grace;
  };
  look();
  setInterval(look, 20000);
  document.addEventListener("visibilitychange", look);
}
