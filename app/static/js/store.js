// The phone's own database, opened only here: bytes of photos and recordings, the outbox, drafts, odds and ends.
// photos: id -> ArrayBuffer. items: outbox items by their id. drafts and meta: string -> value.

const NAME = "dabiao";
const VERSION = 2;
const PATIENCE = 4000;
let opening;

function database() {
  opening ||= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => upgrade(request.result);
      request.onsuccess = () => resolve(watched(request.result));
      request.onerror = () => resolve(null);
      // An old page holds the old version open: this page goes on without, and tries again at its next load.
      request.onblocked = () => setTimeout(() => resolve(null), PATIENCE);
    } catch {
      resolve(null);
    }
  });
  return opening;
}

function upgrade(base) {
  const have = base.objectStoreNames;
  for (const name of ["photos", "drafts", "meta"]) if (!have.contains(name)) base.createObjectStore(name);
  if (!have.contains("items")) base.createObjectStore("items", { keyPath: "id" });
}

function watched(base) {
  const close = () => {
    base.close();
    opening = null;
  };
  base.onversionchange = close;
  // Phones close the connection of a page that slept; the next call opens it again.
  base.onclose = () => {
    opening = null;
  };
  return base;
}

// Ends with its last request, and not only when this page hears of it: WebKit keeps a page that was left asleep with its
// transaction open, and nobody could write any more.
function once(ask) {
  return (store, end) => {
    const request = ask(store);
    end();
    return request;
  };
}

// Runs `work(store, end)` in one transaction and answers its request's result after the commit. Rejects when nothing can be kept.
async function transact(name, mode, work) {
  const base = await database();
  if (!base) throw new DOMException("no database", "InvalidStateError");
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(name, mode, { durability: "strict" });
    const request = work(transaction.objectStore(name), () => transaction.commit?.());
    transaction.oncomplete = () => {
      // Chromium 90 sometimes tells of the end before it hands over what was asked for.
      if (request?.readyState === "pending") request.addEventListener("success", () => resolve(request.result));
      else resolve(request?.result);
    };
    transaction.onabort = () => reject(transaction.error || new DOMException("aborted", "AbortError"));
  });
}

export async function available() {
  return Boolean(await database());
}

export function put(name, value, key) {
  return transact(name, "readwrite", once((store) => store.put(value, key)));
}

export function remove(name, key) {
  return transact(name, "readwrite", once((store) => store.delete(key)));
}

// Reading never rejects: what cannot be read is not there.
export function get(name, key) {
  return transact(name, "readonly", once((store) => store.get(key))).catch(() => undefined);
}

export function all(name) {
  return transact(name, "readonly", once((store) => store.getAll())).catch(() => []);
}

export function keys(name) {
  return transact(name, "readonly", once((store) => store.getAllKeys())).catch(() => []);
}

// Reads, changes and writes one value in one transaction; `change` answers the new value, or undefined to leave it.
export function update(name, key, change) {
  return transact(name, "readwrite", (store, end) => {
    const request = store.get(key);
    request.onsuccess = () => {
      const value = change(request.result);
      if (value !== undefined) store.put(value, store.keyPath ? undefined : key);
      end();
    };
    return request;
  });
}
