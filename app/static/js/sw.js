// The service worker: pages network first, files by their hash from the phone, private pages for their person only; GET only.
// The server writes in front of it: FOLDER (of this version's files) and FILES.
import { address, bareCode } from "./address.js";
import { flush } from "./outbox.js";
import { MARK, TODAY, fileCache, isFile, isForgotten, isOwn, mayKeep, privateName, signOutThere, turnTo, whose } from "./person.js";
import { get } from "./store.js";

const PATIENCE = 4000;
const LONG_PATIENCE = 30000;
const MOST_PAGES = 300;
const SHELL = "/offline";
let turn = 0;

addEventListener("install", (event) => event.waitUntil(fetchShell()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(obey(event.data, event.ports[0])));
addEventListener("sync", (event) => event.waitUntil(sendOn()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith("/static/v-")) event.respondWith(file(request, url));
  else if (/^image$|^audio$/.test(request.destination)) event.respondWith(picture(request));
});

async function fetchShell() {
  const cache = await caches.open(fileCache(FOLDER));
  const take = async (path) => {
    // The page for want of a network is everybody's: fetched as by nobody, it names no one who was signed in just then.
    const response = await fetch(path, path === SHELL ? { cache: "no-store", credentials: "omit" } : {});
    if (!response.ok || !(path === SHELL ? isOwn(response) : isFile(response))) throw new Error(path);
    await cache.put(path, response);
  };
  await Promise.all([take(SHELL), ...FILES.map(take)]);
}

// A new version waits for this word; pages give it when no draft and nothing unsent is open.
async function obey({ order, person }, port) {
  if (order === "update") await skipWaiting();
  if (order === "sign-out") {
    turn += 1;
    await turnTo("", person);
  }
  port?.postMessage("done");
}

// The browser has found the network again: a page in view sends what waits, else it goes from here, for its author only.
// Failing tells the browser to come again.
async function sendOn() {
  const open = await clients.matchAll({ type: "window" });
  const seen = open.filter((page) => page.visibilityState === "visible");
  if (seen.length) return seen.forEach((page) => page.postMessage("flush"));
  const { person } = await whose();
  const anyway = !(await get("meta", "wifi-only")) || /wifi|ethernet/.test(navigator.connection?.type);
  const answer = person ? await flush({ person, eager: true, anyway }) : { kind: "signin" };
  if (answer.kind === "later" && !answer.wifi) throw new Error("not everything has gone");
}

async function file(request, url) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (isFile(response)) await keep(fileCache(url.pathname), request.url, response.clone());
  return response;
}

async function picture(request) {
  const { person } = await whose();
  const kept = person && (await caches.match(request.url, { cacheName: privateName(person), ignoreVary: true }));
  return kept || fetch(request);
}

// A full phone is no reason to fail the page.
async function keep(name, key, response) {
  try {
    const cache = await caches.open(name);
    await cache.put(key, response);
    const keys = await cache.keys();
    if (name.startsWith("private-") && keys.length > MOST_PAGES) await cache.delete(keys[0]);
  } catch {
    return;
  }
}

async function page(event, url) {
  let { person, owed } = await whose();
  if (person && (await isForgotten(person))) {
    turn += 1;
    await turnTo("", person);
    [person, owed] = ["", person];
  }
  if (owed) await signOutThere(owed);
  const key = address(url);
  const kept = person ? await caches.match(key, { cacheName: privateName(person), ignoreVary: true }) : undefined;
  const network = fromNetwork(event.request, key, kept, { person, turn });
  event.waitUntil(network);
  const limit = url.searchParams.has("wait") || !person ? LONG_PATIENCE : PATIENCE;
  return (await Promise.race([network, after(limit)])) || (await fromPhone(url, kept, person)) || Response.error();
}

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// The answer, or undefined when there is none of ours worth showing: no network, somebody else's page, a server in trouble.
async function fromNetwork(request, key, kept, before) {
  const tag = kept?.headers.get("ETag");
  const headers = { Accept: "text/html", "X-Pocket": "1", ...(tag ? { "If-None-Match": tag } : {}) };
  const { referrer } = request;
  let response;
  try {
    response = await fetch(request.url, { headers, referrer, credentials: "same-origin", redirect: "manual", cache: "no-store" });
  } catch {
    return undefined;
  }
  if (response.type === "opaqueredirect") return response;
  if (!isOwn(response)) return undefined;
  const person = response.headers.get(MARK) === "-" ? "" : response.headers.get(MARK);
  if (before.turn !== turn) return response.status === 304 ? undefined : response;
  if (person !== before.person) {
    turn += 1;
    await turnTo(person);
  }
  if (response.status === 304) return kept?.clone();
  if (response.status >= 500 && kept) return undefined;
  if (mayKeep(response, person) && /html/.test(response.headers.get("Content-Type"))) {
    await keep(privateName(person), key, response.clone());
    new BroadcastChannel("dabiao-pages").postMessage(key);
  }
  return response;
}

// A point without a window goes by the round in the pocket, which knows what is due by now; a page kept earlier does not.
async function fromPhone(url, kept, person) {
  const code = bareCode(url.href);
  if (code && /^\/p$/i.test(url.pathname)) return Response.redirect(`/p/${code}?via=typed`, 303);
  const round = code && person && (await caches.match(TODAY, { cacheName: privateName(person), ignoreVary: true }));
  if (kept && !(round && (await round.text()).includes(`"${code}"`))) return kept;
  const own = person ? await caches.match(SHELL, { cacheName: privateName(person), ignoreVary: true }) : undefined;
  return own || caches.match(SHELL, { cacheName: fileCache(FOLDER), ignoreVary: true });
}
