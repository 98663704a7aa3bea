// What a picture taken in the page proves: nonces of the server, handed out to a person on a phone for a shift, one for each picture.
// A picture without one is kept and sent like any other; it is not verified then, and nothing is wrong with it.
import { get, update } from "./store.js";

const SOON = 1800000;
const key = (person) => `nonces:${person}`;

// From any answer that carries them; the newest batch counts.
export function keepNonces(person, batch) {
  if (!batch) return undefined;
  const { stem, valid_until: until, pictures } = batch;
  return update("meta", key(person), (kept) => (kept?.stem === stem ? undefined : { stem, until: Date.parse(until), pictures, next: 0, at: Date.now() })).catch(() => undefined);
}

// The nonce of one picture, never given twice; empty where this phone has none left.
export async function takeNonce(person) {
  let nonce = "";
  const take = (kept) => {
    nonce = kept && kept.next < kept.pictures && Date.now() < kept.until ? `${kept.stem}-${kept.next}` : "";
    return nonce ? { ...kept, next: kept.next + 1 } : undefined;
  };
  return update("meta", key(person), take).then(() => nonce, () => "");
}

// Whether it is time for a fresh batch: half an hour old, or nearly used up.
export async function wantsNonces(person) {
  const kept = await get("meta", key(person));
  return !kept || Date.now() - kept.at > SOON || kept.next > kept.pictures / 2;
}
