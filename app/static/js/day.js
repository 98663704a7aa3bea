// The day as it stands now, on a page that may be hours old: what has become due, what is over, what lies in the outbox.
import { address } from "./address.js";
import { clock } from "./due.js";
import { all } from "./store.js";

const words = JSON.parse(document.getElementById("day-words").textContent);
const { person } = document.documentElement.dataset;
const group = (name) => document.querySelector(`[data-group="${name}"]`);

// Page address of a window -> its newest item of the outbox.
async function sent() {
  const found = new Map();
  for (const item of (await all("items")).sort((a, b) => a.created - b.created)) {
    const { code, standard, window } = item.body || {};
    if (item.person === person && window) found.set(address(`/p/${code}?${new URLSearchParams({ standard, window })}`), item);
  }
  return found;
}

function standing([open, start, end, grace, expire], item) {
  const now = Date.now() / 1000;
  if (item?.state === "arrived") return ["done", "ok", words.arrived.replace("{time}", clock(item.arrived))];
  if (item?.state === "kept") return ["done", "ok", words.kept];
  const chip = item ? ["bad", words.aside] : null;
  if (now < open) return ["ahead", ...(chip || ["mute", words.from.replace("{time}", clock(start * 1000))])];
  if (now <= grace) return ["now", ...(chip || ["due", words.by.replace("{time}", clock(end * 1000))])];
  return ["over", ...(chip || ["bad", now <= expire ? words.over : words.missed])];
}

function place(line, [name, kind, word]) {
  const chip = line.querySelector(".chip");
  const link = line.firstElementChild;
  if (chip.lastElementChild.textContent !== word) chip.lastElementChild.textContent = word;
  chip.className = `chip ${kind}`;
  link.classList.toggle("now", name === "now");
  link.classList.toggle("quiet-task", name === "done");
  // What begins after midnight stays there until it can be done.
  if (name === "ahead" && line.closest('[data-group="night"]')) return;
  const list = group(name).querySelector(".tasks");
  if (line.parentElement !== list) list.append(line);
}

// The ring and the sentence beside it count what this phone knows to be done as well.
function count(added) {
  const ring = document.querySelector(".ring");
  const [done, total] = ring.dataset.counts.split("/").map(Number);
  const now = done + added;
  ring.querySelector("text").textContent = `${now}/${total}`;
  ring.querySelector(".done").setAttribute("stroke-dasharray", `${Math.min(100, (100 * now) / total)} 100`);
  ring.setAttribute("aria-label", words.counted.replace("{done}", now).replace("{total}", total));
  const left = document.querySelectorAll('[data-group="now"] li, [data-group="ahead"] li, [data-group="over"] li').length;
  document.querySelector(".day-card h2").textContent = left ? words.left.replace("{n}", left) : words.all;
}

async function refresh() {
  const items = await sent();
  let added = 0;
  for (const line of document.querySelectorAll("li[data-at]")) {
    const found = standing(line.dataset.at.split(" ").map(Number), items.get(address(line.firstElementChild.href)));
    added += found[0] === "done";
    place(line, found);
  }
  for (const section of document.querySelectorAll("[data-group]")) section.hidden = !section.querySelector("li");
  if (added) count(added);
}

if (document.querySelector("li[data-at]")) {
  document.querySelector(".ring").dataset.counts = document.querySelector(".ring text").textContent;
  refresh();
  setInterval(refresh, 30000);
  document.addEventListener("visibilitychange", refresh);
  addEventListener("pageshow", refresh);
  if (typeof BroadcastChannel === "function") new BroadcastChannel("dabiao").onmessage = refresh;
}
