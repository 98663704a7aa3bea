// What was typed, kept on this phone for one person and one task: fields in localStorage, pictures in IndexedDB.
import { get, put, remove } from "./store.js";

const PREFIX = "dabiao:draft:";
const KEEP_DAYS = 14;
const memory = new Map();

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function stamp(date = new Date()) {
  const away = -date.getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const local = new Date(date.getTime() + away * 60000).toISOString().slice(0, 19);
  return `${local}${away < 0 ? "-" : "+"}${two(away / 60)}:${two(away % 60)}`;
}

function store() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export class Draft {
  constructor({ person, code, standard, window: slot }) {
    this.key = PREFIX + [person, code, standard, slot || stamp().slice(0, 10)].join("|");
    this.data = this.load() || { id: uuid(), opened_at: stamp(), fields: [], at: {}, together: [], photos: [], signatures: [] };
    forgetOld();
  }

  load() {
    try {
      return JSON.parse(store()?.getItem(this.key) ?? memory.get(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  save(change = {}) {
    if (this.gone) return;
    Object.assign(this.data, change, { saved: Date.now() });
    const text = JSON.stringify(this.data);
    memory.set(this.key, text);
    try {
      store()?.setItem(this.key, text);
    } catch {
      // Full or forbidden: the page goes on, only the net under it is gone.
    }
  }

  async drop() {
    this.gone = true;
    memory.delete(this.key);
    store()?.removeItem(this.key);
    await Promise.all(this.data.photos.map((photo) => forget(photo.id)));
  }

  capture(form) {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SECRET.test(name));
    const open = [...form.querySelectorAll("[data-unconfirmed]")].map((input) => input.name);
    this.save({ fields: fields.filter(([name]) => !open.includes(name)) });
  }

  restore(form) {
    for (const [name, value] of this.data.fields) {
      for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (input.type === "radio" || input.type === "checkbox") input.checked = input.checked || input.value === value;
        else if (input.type !== "file" && input.type !== "hidden") {
          input.value = value;
          delete input.dataset.unconfirmed;
        }
      }
    }
  }
}

const SECRET = /^(csrf_token|id|opened_at|standard|window|profile|outcome|via)$/;

function forgetOld() {
  const oldest = Date.now() - KEEP_DAYS * 86400000;
  for (const key of Object.keys(store() || {})) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      const old = JSON.parse(store().getItem(key));
      if ((old.saved || 0) >= oldest) continue;
      old.photos.forEach((photo) => forget(photo.id));
    } catch {
      // Not readable any more: away with it as well.
    }
    store().removeItem(key);
  }
}

// Pictures: bytes, never file handles; a file handle dies with the camera.
const kept = new Map();

// Written and read back; false where this phone keeps nothing, so that the bytes live as long as the page.
export async function remember(id, bytes) {
  kept.set(id, bytes);
  try {
    await put("photos", bytes, id);
    return (await get("photos", id))?.byteLength === bytes.byteLength;
  } catch {
    return false;
  }
}

export async function recall(id) {
  return kept.get(id) ?? (await get("photos", id));
}

export async function forget(id) {
  kept.delete(id);
  await remove("photos", id).catch(() => undefined);
}
