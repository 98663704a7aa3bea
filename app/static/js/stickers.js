// Reports of hostile stickers: kept on this phone until the server has them, sent under the name of who saw them.
import { stamp, uuid } from "./draft.js";
import { post } from "./send.js";
import { get, update } from "./store.js";

const KEY = "stickers";

// Answers "sent", "kept" (goes by itself later) or "lost" (could be neither sent nor kept).
export async function report(person, { text, place, near }) {
  const made = { id: uuid(), person, text: text.slice(0, 300), place, near, seen_at: stamp() };
  try {
    await update("meta", KEY, (list = []) => [...list, made]);
  } catch {
    return (await post("/api/v1/stickers", made)).kind === "ok" ? "sent" : "lost";
  }
  return (await sendStickers(person)) ? "sent" : "kept";
}

// True when nothing of this person's waits any more. What the server refuses for good is not sent again.
export async function sendStickers(person) {
  const own = ((await get("meta", KEY)) || []).filter((each) => each.person === person);
  for (const each of own) {
    const { kind, status } = await post("/api/v1/stickers", each);
    // 403: somebody else has signed in meanwhile.
    if (kind !== "ok" && (kind !== "refused" || status === 403)) return false;
    await update("meta", KEY, (list = []) => list.filter((other) => other.id !== each.id));
  }
  return true;
}
