// Room on this phone: old things go first, and the person learns before the camera opens that a photo could not be kept.
import { forget, forgetDraft, PREFIX } from "./draft.js";
import { all, put, remove } from "./store.js";

const LEAST_BYTES = 2000000;
const KEEP_DAYS = 14;
const DAY = 86400000;

// Bytes that may still be written; plenty where the browser does not tell.
export async function free() {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota - usage;
  } catch {
    return Infinity;
  }
}

// What arrived stays 14 days; its photos as long as space allows, the oldest go first.
export async function tidy() {
  const arrived = (await all("items")).filter((item) => item.state === "arrived").sort((a, b) => a.arrived - b.arrived);
  const oldest = Date.now() - KEEP_DAYS * DAY;
  let lacking = LEAST_BYTES - (await free());
  for (const item of arrived) {
    const old = item.arrived < oldest;
    if (!old && (lacking <= 0 || !item.media.length)) continue;
    for (const one of item.media) {
      lacking -= one.bytes || 0;
      await forget(one.id);
    }
    await (old ? remove("items", item.id) : put("items", { ...item, media: [] }));
  }
  return free();
}

// Drafts that nobody came back to, with their photos.
async function tidyDrafts() {
  const oldest = Date.now() - KEEP_DAYS * DAY;
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const { id, saved = 0, photos = [] } = JSON.parse(localStorage.getItem(key)) || {};
    if (saved >= oldest) continue;
    await forgetDraft(key, id);
    for (const photo of photos) await forget(photo.id);
  }
}

// Before the camera opens: what is typed is written, for the camera may end this page; and without a network
// a photo that cannot be kept is not taken.
export function watchCamera({ form, draft, say }, words) {
  let left = Infinity;
  const look = async () => {
    left = await free();
    if (left < LEAST_BYTES) left = await tidy();
  };
  form.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest(".shoot")) return;
      draft.capture(form);
      draft.save({ camera: event.target.closest(".photos").dataset.field });
      if (left >= LEAST_BYTES) return;
      say(navigator.onLine ? words.nearly_full : words.full, true);
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  const back = () => draft.data.camera && draft.save({ camera: "" });
  for (const event of ["change", "cancel"]) form.addEventListener(event, back, true);
  addEventListener("pagehide", back);
  form.addEventListener("change", () => setTimeout(look, 2000));
  // Not readable or forbidden: nothing to tidy then.
  tidyDrafts().catch(() => undefined);
  return look();
}
