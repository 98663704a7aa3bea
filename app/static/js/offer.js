// An older copy of the server may have been put back: of what arrived in the last 14 days, what it does not know is sent again.
import { post } from "./send.js";
import { all, update } from "./store.js";

const MOST = 500;

// Answers how many records wait to be sent again. Retakes and signatures stay with the server's copy (docs/offline.md).
export async function offerAgain(person) {
  const arrived = (await all("items")).filter((item) => item.person === person && item.kind === "check" && item.state === "arrived");
  let again = 0;
  for (let at = 0; at < arrived.length; at += MOST) {
    const ids = arrived.slice(at, at + MOST).map(({ id }) => id);
    const answer = await post("/api/v1/receipts/unknown", { ids });
    if (answer.kind !== "ok" || !Array.isArray(answer.body.unknown)) return null;
    const lost = new Set(answer.body.unknown);
    for (const id of ids) {
      if (!lost.has(id)) continue;
      await update("items", id, waiting);
      again += 1;
    }
  }
  return again;
}

// Photos are uploaded again with it: the folder may be the older one too.
function waiting(item) {
  if (item?.state !== "arrived") return undefined;
  const media = item.media.map((one) => ({ ...one, sent: false }));
  return { ...item, media, state: "kept", why: "", tries: 0, next: 0, offered: Date.now() };
}
