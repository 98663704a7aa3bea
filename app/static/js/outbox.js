// The outbox: what was submitted waits in this phone's database until a receipt that echoes its id; sent oldest first, for its author only.
import { deliver } from "./deliver.js";
import { forget, forgetDraft } from "./draft.js";
import { freshToken } from "./send.js";
import { all, get, put, remove, update } from "./store.js";

const LOCK = "dabiao-outbox";
const FIRST_PAUSE = 2500;
const LONGEST_PAUSE = 300000;
const LEASE = 90000;
const watchers = new Set();
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("dabiao") : null;
if (channel) channel.onmessage = ({ data }) => watchers.forEach((told) => told(data));
let running = null;
let again = null;

// `told` hears { type: "change", id } and { type: "progress", id, n, m } from this page and every other one; answers how to stop.
export function watch(told) {
  watchers.add(told);
  return () => watchers.delete(told);
}

function tell(message) {
  channel?.postMessage(message);
  watchers.forEach((told) => told(message));
}

export async function items(person) {
  return (await all("items")).filter((item) => item.person === person).sort((a, b) => a.created - b.created);
}

export async function count(person) {
  return (await items(person)).filter((item) => item.state !== "arrived").length;
}

// Resolves when body and media are safely on this phone; rejects when they are not, and nothing is kept then.
export async function enqueue(item) {
  const media = item.media || [];
  for (const one of media) {
    if (!one.sent && !(await get("photos", one.id))) throw new Error(`photo ${one.id} is not kept`);
  }
  await put("items", { kind: "check", title: "", point: "", created: Date.now(), ...item, media, state: "kept", tries: 0, next: 0 });
  tell({ type: "change", id: item.id });
  navigator.storage?.persist?.().catch(() => undefined);
  navigator.serviceWorker?.getRegistration?.().then((worker) => worker?.sync?.register(LOCK)).catch(() => undefined);
}

async function change(id, values) {
  await update("items", id, (item) => item && { ...item, ...values });
  tell({ type: "change", id });
}

export function retry(id) {
  return change(id, { state: "kept", why: "", next: 0, tries: 0 });
}

// Takes an item out; its photos go with it unless a draft has them now.
export async function discard(id, { media = true } = {}) {
  const item = await get("items", id);
  await remove("items", id);
  if (item && media) await Promise.all(item.media.map((one) => forget(one.id)));
  tell({ type: "change", id });
}

// Sends what is due, or with `eager` all that is kept. `anyway`: photos too, whatever the network. Answers the last answer.
export function flush(options) {
  again = { ...again, ...options };
  running ||= rounds().finally(() => {
    running = null;
  });
  return running;
}

async function rounds() {
  let answer = { kind: "ok" };
  while (again) {
    const options = again;
    again = null;
    answer = await alone(() => sendAll(options), options.eager);
  }
  return answer || { kind: "later", status: 0 };
}

// One page at a time: a lock, or where there is none (plain http) a lease in the database. Who was pressed for waits its turn.
async function alone(work, waits) {
  if (navigator.locks) return navigator.locks.request(LOCK, { ifAvailable: !waits }, (lock) => lock && work());
  let mine = false;
  await update("meta", "flushing", (until = 0) => {
    mine = until < Date.now() || until > Date.now() + LEASE;
    return mine ? Date.now() + LEASE : undefined;
  }).catch(() => undefined);
  return mine && work().finally(() => put("meta", 0, "flushing").catch(() => undefined));
}

async function sendAll({ person, eager, anyway }) {
  const tried = new Set();
  const next = async () =>
    (await items(person)).find((item) => item.state === "kept" && !tried.has(item.id) && (eager || item.next <= Date.now()));
  let item = await next();
  if (!item) return { kind: "ok" };
  const session = await freshToken();
  if (session.kind !== "ok") return settle(item, session);
  if (session.body.person?.id !== person) return { kind: "signin", status: 401 };
  let answer = session;
  while (item) {
    tried.add(item.id);
    answer = await settle(item, await carry(item, anyway));
    // No network, or nobody signed in: the others would fare no better. A server in trouble with one may take the next.
    if (answer.kind === "signin" || (answer.kind === "later" && !answer.status && !answer.wifi)) break;
    item = await next();
  }
  return answer;
}

function carry(item, anyway) {
  const { id, media } = item;
  return deliver(item, { anyway, note: (values) => change(id, values), progress: (n) => tell({ type: "progress", id, n, m: media.length }) });
}

async function settle(item, answer) {
  if (answer.kind === "ok") {
    if (item.draft) await forgetDraft(item.draft.key, item.id);
    if (item.mends) await discard(item.mends, { media: false });
    await change(item.id, { state: "arrived", receipt: answer.body.receipt, arrived: Date.now(), draft: null });
  } else if (answer.kind === "refused") {
    await change(item.id, { state: "aside", why: answer.body.detail || "", fields: answer.body.fields || {}, status: answer.status });
  } else {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(item.tries, 10)) * (0.5 + Math.random());
    await change(item.id, { tries: item.tries + 1, next: Date.now() + Math.max(pause, (answer.wait || 0) * 1000), stuck: answer.kind });
  }
  return answer;
}

// Goes on sending while this page is open: now, when the network or the page comes back, when the service worker calls, and by the clock.
export function keepSending(person, heard = () => undefined) {
  const go = (options) => flush({ person, ...options }).then(heard);
  const eager = () => document.hidden || go({ eager: true });
  for (const [target, event] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"], [navigator.connection, "change"]]) {
    target?.addEventListener?.(event, eager);
  }
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data === "flush" && eager());
  setInterval(go, 5000);
  return eager();
}
