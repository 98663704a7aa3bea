// Calls of the submission protocol, and what each answer means (docs/protocol.md, point 6).
import { stamp } from "./draft.js";
import { keepNonces, wantsNonces } from "./nonces.js";

const OWN = /^application\/(problem\+)?json/;
const AGAIN = new Set([408, 425, 429]);
const PATIENCE = 60000;
let token = "";

export async function freshToken() {
  const answer = await request("GET", "/api/v1/session", {});
  if (answer.kind === "ok") {
    token = answer.body.csrf_token;
    if (answer.body.person) await keepNonces(answer.body.person.id, answer.body.nonces);
  }
  return answer;
}

// Before the camera opens: a fresh batch where there is a network, in a moment; else what the phone has is used.
export async function freshNonces(person) {
  if (await wantsNonces(person)) await freshToken();
}

// kind: ok, signin, csrf, missing, refused, later. Later: no network, or somebody else's answer, such as a Wi-Fi sign-in page.
// wait: seconds that the server asks for before the next try.
async function request(method, path, { body, headers = {} }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  let response;
  let content;
  let wait = 0;
  try {
    response = await fetch(path, {
      method,
      body,
      headers: { ...headers, Accept: "application/json", "X-Phone-Time": stamp(), "X-CSRF-Token": token },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: stop.signal,
    });
    content = OWN.test(response.headers.get("Content-Type") || "") ? await response.json() : null;
    wait = Number(response.headers.get("Retry-After")) || 0;
  } catch {
    return { kind: "later", status: 0 };
  } finally {
    clearTimeout(timer);
  }
  return { kind: meaning(response.status, content), status: response.status, body: content, wait };
}

function meaning(status, content) {
  if (!content || AGAIN.has(status) || status >= 500) return "later";
  if (status < 300) return "ok";
  if (status === 401 || content.type === "/problems/other-person") return "signin";
  if (status === 403 && content.type === "/problems/csrf") return "csrf";
  if (status === 409 && content.type === "/problems/missing-photos") return "missing";
  return "refused";
}

export async function call(method, path, options = {}) {
  if (!token) {
    const session = await freshToken();
    if (session.kind !== "ok") return session;
  }
  const first = await request(method, path, options);
  if (first.kind !== "csrf") return first;
  token = "";
  const session = await freshToken();
  return session.kind === "ok" ? request(method, path, options) : session;
}

export function post(path, content) {
  return call("POST", path, { body: JSON.stringify(content), headers: { "Content-Type": "application/json" } });
}

// Photos wait for a Wi-Fi where the person wants that; a phone that does not tell its network waits for a press of the button.
export function mayUpload() {
  try {
    if (!localStorage.getItem("dabiao:wifi-only")) return true;
  } catch {
    return true;
  }
  return ["wifi", "ethernet"].includes(navigator.connection?.type);
}

export async function putPhoto(photo, bytes, person, anyway = mayUpload()) {
  if (!anyway) return { kind: "later", status: 0, wifi: true };
  const answer = await call("PUT", `/api/v1/${photo.kind === "file" ? "files" : "photos"}/${photo.id}`, {
    body: bytes,
    headers: { "Content-Type": photo.type, "X-Person": person, "X-Taken-At": photo.taken, "X-Source": photo.source || "file", ...(photo.nonce && { "X-Nonce": photo.nonce }) },
  });
  if (answer.kind === "ok" && (answer.body.photo || answer.body.file)?.id !== photo.id) return { kind: "later", status: 0 };
  return answer;
}
