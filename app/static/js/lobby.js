// A board in a lobby: turns by itself, goes on after a network that was away, and stands still when somebody asks it to.
const PATIENCE_MS = 8000;
const every = Number(document.body.dataset.every) * 1000;
const list = document.querySelector("[data-list]");
const lost = document.querySelector("[data-lost]");
const clock = document.querySelector("[data-clock]");
const hold = document.querySelector("[data-hold]");
const words = [hold.textContent, hold.dataset.hold];
let last = list.firstElementChild.dataset.at;

const held = () => hold.getAttribute("aria-pressed") === "true";

async function ask(path) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(path, { cache: "no-store", signal: patience.signal });
    // Closed by the office: the whole page says so.
    if (answer.status === 404) return location.reload();
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("turn");
  } finally {
    clearTimeout(timer);
  }
}

async function turn() {
  try {
    const fresh = held() ? null : await ask(list.firstElementChild.dataset.next);
    if (fresh) {
      list.replaceChildren(fresh);
      last = clock.textContent = fresh.dataset.at;
      lost.hidden = true;
    }
  } catch {
    lost.textContent = lost.dataset.lost.replace("{time}", last);
    lost.hidden = false;
  }
  setTimeout(turn, every);
}

hold.hidden = false;
hold.addEventListener("click", () => {
  hold.setAttribute("aria-pressed", String(!held()));
  hold.textContent = words[Number(held())];
});
setTimeout(turn, every);
