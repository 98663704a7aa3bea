// The choice to send photos by Wi-Fi only: read at once from localStorage by pages, from the database by the service worker.
import { put } from "./store.js";

const KEY = "dabiao:wifi-only";

export function watchChoice(box, changed) {
  const tell = () => put("meta", box.checked, "wifi-only").catch(() => undefined);
  box.checked = Boolean(localStorage.getItem(KEY));
  tell();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
    tell();
    changed();
  });
}
