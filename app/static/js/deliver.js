// One item of the outbox on its way: its photos one by one, then the record, until an answer settles it.
import { recall } from "./draft.js";
import { mayUpload, post, putPhoto } from "./send.js";

// Answers as a call does; `note(values)` keeps what is settled on the way, `progress(n)` is told of each photo.
export async function deliver(item, { anyway = mayUpload(), note, progress }) {
  for (let round = 0; round < 3; round += 1) {
    const uploaded = await upload(item, anyway, note, progress);
    if (uploaded.kind !== "ok") return uploaded;
    const answer = await post(item.kind === "retake" ? `/api/v1/checks/${item.check}/photos` : "/api/v1/checks", item.body);
    if (answer.kind === "ok" && answer.body.receipt?.id !== (item.check || item.id)) return { kind: "later", status: 0 };
    if (answer.kind !== "missing") return answer;
    const lost = answer.body.missing_photos || [];
    // A record offered again whose photos had to make room.
    if (lost.some((id) => !item.media.some((one) => one.id === id))) return { kind: "refused", status: 409, body: { detail: "photo-lost" } };
    for (const one of item.media) {
      if (!lost.includes(one.id)) continue;
      one.sent = false;
      if (!(await recall(one.id))) return { kind: "refused", status: 409, body: { detail: "photo-lost" } };
    }
  }
  return { kind: "later", status: 0 };
}

async function upload(item, anyway, note, progress) {
  const waiting = item.media.filter((one) => !one.sent);
  for (const one of waiting) {
    const bytes = await recall(one.id);
    // Gone from this phone: the server may have it all the same, and says so if not.
    if (!bytes) continue;
    progress(item.media.indexOf(one) + 1);
    const answer = await putPhoto(one, bytes, item.person, anyway);
    if (answer.wifi) return register(item, note);
    if (answer.kind !== "ok") return answer;
    one.sent = true;
    await note({ media: item.media });
  }
  return { kind: "ok" };
}

// Photos wait for a Wi-Fi: the server learns at once that the check was done (docs/protocol.md, arrivals).
async function register(item, note) {
  const waits = { kind: "later", status: 0, wifi: true };
  if (item.kind !== "check" || item.registered) return waits;
  const { id, person, code, standard, window, opened_at, submitted_at, outcome } = item.body;
  const answer = await post("/api/v1/arrivals", { id, person, code, standard, window, opened_at, submitted_at, outcome, photos: item.media.length });
  if (answer.kind === "ok") await note({ registered: Date.now() });
  return answer.kind === "signin" ? answer : waits;
}
