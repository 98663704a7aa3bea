// A board in a lobby: turns by itself, goes on after a network that was away, and stands still when somebody asks it to.
const PATIENCE_MS = 8000;
const every = Number(document.body.dataset.every) * 1000;
const list = document.querySelector("[data-list]");
const lost = document.querySelector("[data-lost]");
const clock = document.querySelector("[data-clock]");
const hold = document.querySelector("[data-hold]");
const words = [hold.textContent, hold.dataset.hold];
// Who holds it walks on some day: it lets go by itself.
const HOLD_MS = 300000;
let last = list.firstElementChild.dataset.at;
let until = 0;

const held = () => Date.now() < until;

async function ask(path) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(path, { cache: "no-store", signal: patience.signal });
    // Closed by the office: the whole page says so.
    if (answer.status === 404) return location.reload();
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("turn");
    if (!fresh) throw new Error("not this page");
    return fresh;
  } finally {
    clearTimeout(timer);
  }
}

function name() {
  hold.textContent = words[Number(held())];
}

async function turn() {
  try {
    name();
    const { next, same } = list.firstElementChild.dataset;
    const fresh = await ask(held() ? same : next);
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
  until = held() ? 0 : Date.now() + HOLD_MS;
  name();
});
setTimeout(turn, every);
