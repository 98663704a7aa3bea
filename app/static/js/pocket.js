// The round in the pocket: today's tasks with their pages, pictures and recordings, fetched ahead and kept for one person.
import { address } from "./address.js";
import { MARK, TODAY, fileCache, isFile, isOwn, mayKeep, privateName, whose } from "./person.js";
import { freshNonces } from "./send.js";
import { all, get, put } from "./store.js";

const FRESH = 600000;
const AT_ONCE = 3;
// Of the two readers of codes a phone needs one; icons of the home screen and what stands in for scripts need no keeping.
const NEEDLESS = typeof WebAssembly === "object" ? /jsQR|nojs|\/icons\// : /zxing|nojs|\/icons\//;
const ALWAYS = ["/", "/p", "/me", "/outbox", "/offline"];

export function fill(person) {
  const work = (lock) => (lock ? fillAlone(person) : undefined);
  return navigator.locks ? navigator.locks.request("dabiao-pocket", { ifAvailable: true }, work) : fillAlone(person);
}

async function fillAlone(person) {
  const note = `pocket:${person}`;
  const folder = new URL("..", import.meta.url).pathname;
  await freshNonces(person).catch(() => undefined);
  const last = (await get("meta", note)) || {};
  const cache = await caches.open(privateName(person));
  const kept = await cache.match(TODAY, { ignoreVary: true });
  const whole = kept && last.whole && last.folder === folder;
  if (whole && Date.now() - last.at < FRESH) return;
  const today = await freshRound(cache, kept, person);
  if (!today) return;
  const before = kept && last.folder === folder ? tasks(await kept.json()) : new Map();
  const wanted = tasks(today);
  const isChanged = (page) => JSON.stringify(before.get(page)) !== JSON.stringify(wanted.get(page));
  const missing = await absent(cache, [...wanted.keys(), ...things(wanted)]);
  const due = [...wanted.keys()].filter((page) => missing.has(page) || isChanged(page));
  const rest = [...missing].filter((path) => !wanted.has(path));
  const done = await several([...due, ...ALWAYS, ...rest], (path) => take(cache, path, person));
  if (done.every(Boolean)) done.push(await takeFiles(cache, wanted));
  const all = done.every(Boolean) && (await whose()).person === person;
  await put("meta", { at: Date.now(), whole: all, folder }, note);
  if (all) await tidy(cache, wanted, folder);
}

// The round as it is now; undefined when it cannot be had, or when somebody else is signed in by now.
async function freshRound(cache, kept, person) {
  const tag = kept?.headers.get("ETag");
  const response = await fetch(TODAY, { headers: { "X-Phone-Time": new Date().toISOString(), ...(tag && { "If-None-Match": tag }) } });
  if (!isOwn(response) || response.headers.get(MARK) !== person) return undefined;
  if (response.status === 304) return kept.clone().json();
  if (!mayKeep(response, person)) return undefined;
  await cache.put(TODAY, response.clone());
  return response.json();
}

// Page address -> what the server said of that window.
function tasks({ points }) {
  const found = new Map();
  for (const { point, open } of points) {
    for (const each of open) {
      if (!point.label_code || !each.may_submit) continue;
      const named = new URLSearchParams({ standard: each.standard, window: each.window });
      found.set(address(`/p/${point.label_code}?${named}`), each);
    }
  }
  return found;
}

// Reference pictures and recordings of the steps.
function things(wanted) {
  const found = new Set();
  for (const { steps } of wanted.values()) {
    for (const { reference_photo: photo, audio } of steps) {
      if (photo) found.add(`/photos/${photo}/thumb`).add(`/photos/${photo}`);
      if (audio) found.add(audio);
    }
  }
  return found;
}

async function absent(cache, paths) {
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname + new URL(url).search));
  return new Set(paths.filter((path) => !there.has(path)));
}

async function several(paths, work) {
  const queue = [...paths];
  const answers = [];
  const line = async () => {
    for (let path; (path = queue.shift()); ) answers.push(await work(path));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return answers;
}

// True when the page is kept, or the server will not give it; false when another try may help.
async function take(cache, path, person) {
  try {
    const kept = await cache.match(path, { ignoreVary: true });
    const tag = kept?.headers.get("ETag");
    const headers = { "X-Pocket": "ahead", ...(tag && { "If-None-Match": tag }) };
    const response = await fetch(path, { headers, redirect: "manual", cache: "no-store" });
    if (mayKeep(response, person)) await cache.put(path, response);
    return response.type === "opaqueredirect" || (isOwn(response) && response.status < 500);
  } catch {
    return false;
  }
}

// What the pages name: scripts, sheets, and last the reader of codes, which weighs more than all the rest.
async function takeFiles(cache, wanted) {
  const named = new Set();
  for (const page of [...ALWAYS, ...wanted.keys()]) {
    const text = await (await cache.match(page, { ignoreVary: true }))?.text();
    for (const [path] of text?.matchAll(/\/static\/v-[\w./-]+/g) || []) if (!NEEDLESS.test(path)) named.add(path);
  }
  const weight = (path) => path.includes("/vendor/") + path.endsWith(".wasm");
  const done = await several([...named].sort((a, b) => weight(a) - weight(b)), keepFile);
  return done.every(Boolean);
}

async function keepFile(path) {
  try {
    const files = await caches.open(fileCache(path));
    if (await files.match(path, { ignoreVary: true })) return true;
    const response = await fetch(path);
    if (isFile(response)) await files.put(path, response);
    return true;
  } catch {
    return false;
  }
}

// Pages of windows that are over go, and with nothing open the pages and files of older versions.
async function tidy(cache, wanted, folder) {
  const open = (await all("items")).some((item) => item.state !== "arrived") || (await all("drafts")).length;
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname + new URL(request.url).search;
    const isOver = /^\/p\/.*window=/.test(path) && !wanted.has(path);
    const isOld = async () => /html/.test((await cache.match(request))?.headers.get("Content-Type")) && !(await (await cache.match(request)).text()).includes(folder);
    if (isOver ? !open : !open && (await isOld())) await cache.delete(request);
  }
  if (open) return;
  for (const name of await caches.keys()) if (name.startsWith("files-") && !name.includes(folder.slice(0, -1))) await caches.delete(name);
}
