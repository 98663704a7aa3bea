// The page of the outbox: what is kept, on its way, refused or arrived, and what can be done about each; nothing of other people.
import { uuid } from "./draft.js";
import { clock } from "./due.js";
import { discard, flush, items, keepSending, watch } from "./outbox.js";
import { tidy } from "./room.js";
import { all, available, put } from "./store.js";
import { watchChoice } from "./wifi.js";

const { person } = document.documentElement.dataset;
const words = JSON.parse(document.getElementById("words").textContent);
const at = (id) => document.getElementById(id);
const show = (id, on) => (at(id).hidden = !on);
const say = (word, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[word]);
const DAY = 86400000;
const sending = new Map();

// The time; what is older than a day says its date as well.
const when = (instant) => clock(instant, Date.now() - instant > DAY ? { month: "2-digit", day: "2-digit" } : {});

async function draw() {
  const own = await items(person);
  const groups = { aside: [], waiting: [], arrived: [] };
  for (const item of own) groups[item.state === "kept" ? "waiting" : item.state].push(item);
  groups.arrived.sort((a, b) => b.arrived - a.arrived);
  for (const [name, list] of Object.entries(groups)) {
    at(name).replaceChildren(...list.map(entry));
    show(`${name}-box`, list.length);
  }
  const open = groups.aside.length + groups.waiting.length;
  const others = (await all("items")).filter((item) => item.person !== person && item.state !== "arrived").length;
  at("arrived-count").textContent = groups.arrived.length;
  at("arrived-box").open ||= !open;
  at("summary").textContent = summary(groups.waiting.length, groups.aside.length);
  at("others").lastElementChild.textContent = say("others", { n: others });
  show("others", others);
  show("all", groups.waiting.length);
  show("save-box", open);
  show("empty", !own.length);
  show("day", [...groups.aside, ...groups.waiting].some((item) => Date.now() - item.created > DAY));
  show("fresh", groups.waiting.some((item) => `#${item.id}` === location.hash));
  at("now").classList.toggle("primary", at("fresh").hidden);
  const fresh = groups.arrived.find((item) => `#${item.id}` === location.hash);
  if (fresh) location.replace(fresh.check ? `/checks/${fresh.check}` : `/checks/${fresh.id}?new=1`);
}

function summary(waiting, troubled) {
  const parts = [waiting && say("summary", { n: waiting }), troubled && say("troubled", { n: troubled })].filter(Boolean);
  return [...(navigator.onLine ? [] : [words.offline]), ...(parts.length ? parts : [words.none])].join(" · ");
}

function entry(item) {
  const node = at("entry").content.firstElementChild.cloneNode(true);
  const find = (selector) => node.querySelector(selector);
  const progress = sending.get(item.id);
  const state = item.state !== "kept" ? item.state : progress ? "sending" : item.registered ? "registered" : "kept";
  node.id = `item-${item.id}`;
  find(`[data-state=${state}]`).hidden = false;
  find("strong").textContent = item.point || item.code;
  find(".what").textContent = item.title;
  find("time").textContent = when(item.arrived || item.created);
  find(".media").textContent = item.media.length ? ` · ${say("photos", { n: item.media.length })}` : "";
  if (state === "sending") Object.assign(find("progress"), { hidden: false, max: progress.m, value: progress.n - 0.5 });
  if (state === "sending") Object.assign(find(".why"), { hidden: false, textContent: say("of", progress) });
  if (state === "aside") refuse(item, find);
  if (state === "arrived") Object.assign(find(".seen"), { hidden: false }).firstElementChild.href = `/checks/${item.check || item.id}`;
  if (state === "arrived") find(".seen span").textContent = item.receipt.number;
  return node;
}

function refuse(item, find) {
  const why = [words[item.why] || item.why, ...new Set(Object.values(item.fields || {}))].join(" ");
  Object.assign(find(".why"), { hidden: false, className: "why error", textContent: why });
  find(".deeds").hidden = false;
  find(".mend").onclick = () => mend(item);
  find(".hand").onclick = () => file([item]);
  const away = find(".away");
  away.onclick = () => {
    if (away.dataset.sure) return discard(item.id, { media: draftOf(item)?.mends !== item.id });
    away.dataset.sure = "1";
    away.className = "btn danger away";
    away.lastElementChild.textContent = words.sure;
  };
}

function draftOf(item) {
  return JSON.parse(localStorage.getItem(item.draft?.key) ?? "null");
}

// The page of the check again, with all that was entered, as a new record: the refused one goes when the new one has arrived.
async function mend(item) {
  if (item.draft && draftOf(item)?.mends !== item.id) {
    const trouble = { detail: item.why, fields: item.fields || {} };
    const data = { ...item.draft.data, id: uuid(), signatures: [], mends: item.id, trouble, saved: Date.now() };
    localStorage.setItem(item.draft.key, JSON.stringify(data));
    await put("drafts", data, item.draft.key);
  }
  const { standard, window: slot } = item.body;
  location.href = item.address || (item.check ? `/checks/${item.check}` : `/p/${item.code}?${new URLSearchParams({ standard, window: slot || "", via: "list" })}`);
}

async function file(list) {
  const { handOver } = await import("./outbox_file.js");
  await handOver(list, words);
}

function heard(answer) {
  show("signin", answer?.kind === "signin");
  sending.clear();
  return draw();
}

async function sendNow() {
  at("summary").textContent = words.sending;
  const answer = await flush({ person, eager: true, anyway: true });
  await heard(answer);
  if (answer.kind !== "ok") at("summary").textContent = words.later;
}

async function start() {
  if (!(await available())) return show("unable-here", true);
  show("untold", !navigator.connection?.type);
  watchChoice(at("wifi"), () => flush({ person, eager: true }));
  await draw();
  watch(({ type, id, n, m }) => {
    if (type === "progress") sending.set(id, { n, m });
    else sending.delete(id);
    draw();
  });
  for (const event of ["online", "offline"]) addEventListener(event, draw);
  at("now").addEventListener("click", sendNow);
  at("save").addEventListener("click", async () => file((await items(person)).filter((item) => item.state !== "arrived")));
  if (person) keepSending(person, heard);
  else show("signin", true);
  await tidy();
}

start();
