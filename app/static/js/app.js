// Every page of staff: service worker and its updates, the line about network and outbox, sign-out, and the round in the pocket.
import { fileCache, turnTo, whose } from "./person.js";
import { all } from "./store.js";

const tag = document.getElementById("app");
const words = JSON.parse(tag.dataset.words);
const { person } = document.documentElement.dataset;
const workers = window.isSecureContext ? navigator.serviceWorker : undefined;
// On the page of a check the first second belongs to the check.
const LATER = document.getElementById("check") ? 4000 : 300;
const QUARTER = 900000;
const HOUR = 3600000;
const DAY = 86400000;

// A draft counts once something was answered in it; opening a page and looking is no draft.
async function isBusy() {
  const [items, drafts] = await Promise.all([all("items"), all("drafts")]);
  const begun = ({ at, photos, signatures }) => Object.keys(at || {}).length || photos?.length || signatures?.length;
  return items.some((item) => item.state !== "arrived") || drafts.some(begun);
}

async function update(registration) {
  if (registration.waiting && !(await isBusy())) registration.waiting?.postMessage({ order: "update" });
}

async function register() {
  const known = await whose();
  if (!known.owed && known.person !== person) await turnTo(person);
  const registration = await workers.register("/sw.js", { updateViaCache: "all" });
  const watch = (worker) => worker?.addEventListener("statechange", () => worker.state === "installed" && update(registration));
  registration.addEventListener("updatefound", () => watch(registration.installing));
  update(registration);
  document.addEventListener("visibilitychange", () => document.hidden || update(registration));
  // This page is newer than what the worker knows: it need not wait for its hour. Only a worker of this version keeps the shell.
  const cacheName = fileCache(new URL(import.meta.url).pathname);
  if (registration.active && !(await caches.match("/offline", { cacheName, ignoreVary: true }))) {
    await fetch("/sw.js", { cache: "reload" }).catch(() => undefined);
    await registration.update().catch(() => undefined);
  }
}

function waiting() {
  return all("items").then((items) => items.filter((item) => item.person === person && item.state !== "arrived"));
}

const bar = document.getElementById("net");
let sending = false;
async function line() {
  const items = await waiting();
  const count = items.length;
  const nag = document.getElementById("nag");
  if (nag) nag.hidden = !items.some((item) => Date.now() - item.created > DAY);
  const text = [navigator.onLine ? "" : words.offline, count ? words.kept.replace("{n}", count) : ""].filter(Boolean).join(" · ");
  bar.hidden = !text;
  bar.firstElementChild.textContent = text;
  if (!count) workers?.getRegistration().then((registration) => registration && update(registration));
  if (!count || sending || document.getElementById("check")) return;
  sending = true;
  import("./outbox.js").then(({ keepSending }) => keepSending(person, line)).catch(() => undefined);
}

// Private pages go first, then the session; without a network the server hears of it later. Unsent items are not touched.
async function signOut(event) {
  event.preventDefault();
  await tell({ order: "sign-out", person });
  await fetch("/logout", { method: "POST", body: new FormData(event.target), redirect: "manual" }).catch(() => undefined);
  location.href = "/login";
}

function tell(message) {
  const worker = workers?.controller;
  if (!worker) return "caches" in window ? turnTo("") : undefined;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    setTimeout(resolve, 2000);
    worker.postMessage(message, [port2]);
  });
}

function fillPocket() {
  if (!document.hidden && "caches" in window) import("./pocket.js").then(({ fill }) => fill(person)).catch(() => undefined);
}

// At most once an hour, and never beside the page of a check: whether the server still knows what arrived.
async function offerReceipts() {
  const key = `dabiao:offered:${person}`;
  if (!person || !navigator.onLine || document.hidden || document.getElementById("check")) return;
  if (Date.now() - Number(localStorage.getItem(key)) < HOUR) return;
  const again = await (await import("./offer.js")).offerAgain(person);
  if (again !== null) localStorage.setItem(key, Date.now());
  if (again) line();
}

addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/logout") signOut(event);
});
let offered;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = event;
});

// Nothing of this has to be there before the page can be read: it waits for the first picture, the page's own small scripts too.
function start() {
  // The dock of a check has its own line at the bottom, so this one goes on top.
  if (document.getElementById("check")) document.getElementById("main").before(bar);
  for (const { dataset } of document.querySelectorAll("[data-later]")) import(dataset.later).catch(() => undefined);
  for (const event of ["online", "offline", "pageshow"]) addEventListener(event, line);
  if (typeof BroadcastChannel === "function") new BroadcastChannel("dabiao").onmessage = line;
  line();
  setTimeout(() => offerReceipts().catch(() => undefined), LATER);
  if (document.getElementById("install")) import("./install.js").then(({ offer }) => offer(() => offered)).catch(() => undefined);
  if (!workers) return;
  setTimeout(() => register().then(fillPocket).catch(() => undefined), LATER);
  document.addEventListener("visibilitychange", fillPocket);
  setInterval(fillPocket, QUARTER);
}

if (document.hidden) start();
else requestAnimationFrame(() => setTimeout(start));
