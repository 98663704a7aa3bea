// The invitation to keep the app on the phone, at a good moment: after a receipt, and never again once it was declined.
const KEY = "dabiao:install";
const part = document.getElementById("install");

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

function remember(change) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...change }));
  } catch {
    return;
  }
}

function isInstalled() {
  return matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
}

function show(kind, accept) {
  const card = part.content.querySelector(`[data-kind="${kind}"]`).cloneNode(true);
  const away = (event) => {
    remember({ [kind]: Date.now() });
    card.remove();
    if (accept && event.target.closest(".primary")) accept();
  };
  for (const button of card.querySelectorAll("button")) button.addEventListener("click", away);
  (document.querySelector(".day-card") || document.querySelector("main").lastElementChild).after(card);
}

// In WeChat everything works online; the way to a browser is told once, at the start of a day.
export function offer(asked) {
  const past = remembered();
  if (/MicroMessenger/.test(navigator.userAgent)) {
    if (past.wechat) return;
    show("wechat");
    return remember({ wechat: Date.now() });
  }
  if (document.querySelector(".receipt")) remember({ receipt: Date.now() });
  if (!remembered().receipt || isInstalled() || past.browser || past.ios) return;
  navigator.storage?.persist?.().catch(() => undefined);
  if (/iPhone|iPad/.test(navigator.userAgent)) show("ios");
  else if (asked()) ask(asked());
  else addEventListener("beforeinstallprompt", ask);
}

// The browser's own offer, whenever it comes (`asked` answers it when it came before this script).
function ask(event) {
  event.preventDefault();
  show("browser", () => event.prompt());
}
