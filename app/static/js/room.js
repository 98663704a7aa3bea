// Room on this phone: old things go first, and the person learns before the camera opens that a photo could not be kept.
import { forget, forgetDraft, PREFIX, recall } from "./draft.js";
import { all, get, keys, put, remove } from "./store.js";

const LEAST_BYTES = 655360;
const PIECE = 65536;
const KEEP_DAYS = 14;
const DAY = 86400000;
const LOOKED = "dabiao:room";
const SELDOM = 1800000;

// Browsers round what they tell of their space: whether two photos still fit is known by writing as much.
async function isFull() {
  const bytes = new Uint8Array(LEAST_BYTES);
  for (let at = 0; at < LEAST_BYTES; at += PIECE) crypto.getRandomValues(bytes.subarray(at, at + PIECE));
  try {
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate()) || {};
    if (quota - usage < LEAST_BYTES) return true;
    await put("meta", bytes.buffer, "room");
    return false;
  } catch (refused) {
    return refused.name === "QuotaExceededError";
  } finally {
    await remove("meta", "room").catch(() => undefined);
  }
}

// What arrived stays 14 days; its photos as long as space allows, the oldest go first. Answers whether it is full all the same.
export async function tidy() {
  const arrived = (await all("items")).filter((item) => item.state === "arrived").sort((a, b) => a.arrived - b.arrived);
  const oldest = Date.now() - KEEP_DAYS * DAY;
  let lacking = (await isFull()) ? LEAST_BYTES : 0;
  for (const item of arrived) {
    const old = item.arrived < oldest;
    if (!old && (lacking <= 0 || !item.media.length)) continue;
    for (const one of item.media) {
      lacking -= (await recall(one.id))?.byteLength || 0;
      await forget(one.id);
    }
    // A phone that is still full takes not even this; the next look tries again.
    await (old ? remove("items", item.id) : put("items", { ...item, media: [] })).catch(() => undefined);
  }
  return lacking > 0;
}

// Drafts that nobody came back to, with their photos.
async function tidyDrafts() {
  const oldest = Date.now() - KEEP_DAYS * DAY;
  const quick = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  for (const key of new Set([...quick, ...(await keys("drafts"))])) {
    const { id, saved = 0, photos = [] } = JSON.parse(localStorage.getItem(key)) || (await get("drafts", key)) || {};
    if (saved >= oldest) continue;
    await forgetDraft(key, id);
    for (const photo of photos) await forget(photo.id);
  }
}

// Before the camera opens: what is typed is written, for the camera may end this page; and without a network
// a photo that cannot be kept is not taken.
export function watchCamera({ form, draft, say }, words) {
  let full = false;
  // Looking means writing: seldom while there is room, before every photo once there was none.
  const look = async () => {
    if (!full && Date.now() - Number(localStorage.getItem(LOOKED)) < SELDOM) return;
    const before = full;
    full = await tidy();
    if (!full) localStorage.setItem(LOOKED, Date.now());
    else if (!before) tell();
  };
  const tell = () => say(navigator.onLine ? words.nearly_full : words.full, true);
  form.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest(".shoot")) return;
      draft.capture(form);
      draft.save({ camera: event.target.closest(".photos").dataset.field });
      if (!full) return;
      tell();
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  const back = () => draft.data.camera && draft.save({ camera: "" });
  for (const event of ["change", "cancel"]) form.addEventListener(event, back, true);
  addEventListener("pagehide", back);
  form.addEventListener("change", (event) => event.target.matches(".file") && setTimeout(tidily, 2000));
  setTimeout(tidily, 1000);
  // Storage not readable or forbidden: nothing to tidy then.
  function tidily() {
    tidyDrafts().then(look).catch(() => undefined);
  }
}
