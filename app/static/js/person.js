// Who is signed in on this phone, and what is kept for whom: one cache a person, one entry that says whose turn it is.
const STATE = "dabiao-state";
const ENTRY = "/__person";
const SEEN = "/__seen";
// A team phone that nobody touches for so long belongs to nobody again (TEAM_IDLE of the server).
export const IDLE = 1800000;

export const MARK = "X-Dabiao";
export const TODAY = "/api/v1/today";

export function privateName(person) {
  return `private-${person}`;
}

// person: "" when nobody; owed: whose sign-out the server has not heard of yet.
export async function whose() {
  const kept = await caches.match(ENTRY, { cacheName: STATE });
  return kept ? kept.json() : { person: "", owed: "" };
}

// From here on this person: private pages of everybody else go. What waits to be sent lies elsewhere and stays.
export async function turnTo(person, owed = "") {
  const cache = await caches.open(STATE);
  await cache.put(ENTRY, new Response(JSON.stringify({ person, owed })));
  await cache.delete(SEEN);
  const others = (await caches.keys()).filter((name) => name.startsWith("private-") && name !== privateName(person));
  await Promise.all(others.map((name) => caches.delete(name)));
}

// Team phones only (js/team.js): somebody has it in hand.
export async function touch(person) {
  const cache = await caches.open(STATE);
  await cache.put(SEEN, new Response(JSON.stringify({ person, at: Date.now() })));
}

export async function isForgotten(person) {
  const kept = await caches.match(SEEN, { cacheName: STATE });
  const seen = kept ? await kept.json() : {};
  return seen.person === person && Date.now() - seen.at > IDLE;
}

// Only what this service says itself is kept: not a Wi-Fi sign-in page with 200, not what came by a redirect.
export function isOwn(response) {
  return response.type === "basic" && !response.redirected && response.headers.has(MARK);
}

export function mayKeep(response, person) {
  const isTheirs = isOwn(response) && response.headers.get(MARK) === person;
  return Boolean(person) && isTheirs && response.status === 200 && response.headers.get("Cache-Control") !== "no-store";
}

// Files carry the hash of them all in their folder, and so does the cache they are kept in.
export function fileCache(path) {
  return `files-${path.split("/").slice(0, 3).join("/")}`;
}

export function isFile(response) {
  return response.ok && response.type === "basic" && !/html/.test(response.headers.get("Content-Type"));
}

// Somebody signed out without a network: the server hears of it before anything of theirs can be shown again.
export async function signOutThere(owed) {
  try {
    const answer = await fetch("/api/v1/session", { cache: "no-store" });
    if (!isOwn(answer)) return;
    const session = answer.ok ? await answer.json() : null;
    if (session?.person.id === owed) {
      const headers = { "X-CSRF-Token": session.csrf_token };
      const gone = await fetch("/logout", { method: "POST", headers, redirect: "manual" });
      if (gone.type !== "opaqueredirect" && !gone.ok) return;
    }
    await turnTo("");
  } catch {
    return;
  }
}
