// What was typed, kept on this phone for one person and one task: at once in localStorage, durably in the phone's database beside the photos.
import { get, put, remove } from "./store.js";

export const PREFIX = "dabiao:draft:";
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
    this.data = this.load() || { id: uuid(), opened_at: stamp(), fields: [], at: {}, together: [], photos: [], signatures: [], lived: 0 };
    this.lived = (this.data.lived || 0) - performance.now();
    this.catchUp();
  }

  load() {
    try {
      return JSON.parse(store()?.getItem(this.key) ?? memory.get(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  // A phone that ends the whole browser behind the camera may lose the newest of localStorage, not of the database.
  async catchUp() {
    const durable = await get("drafts", this.key);
    if (!durable || this.gone || (this.data.saved || 0) >= durable.saved) return;
    store()?.setItem(this.key, JSON.stringify(durable));
    if (this.load()?.saved !== durable.saved) return;
    // What this page has typed so far is nothing; it must not write that over what was found.
    this.gone = true;
    location.reload();
  }

  // Milliseconds at this task by a clock that nobody sets; too few after the page was ended, never too many.
  elapsed() {
    return Math.round(this.lived + performance.now());
  }

  save(change = {}) {
    if (this.gone) return;
    Object.assign(this.data, change, { saved: Date.now(), lived: this.elapsed() });
    const text = JSON.stringify(this.data);
    memory.set(this.key, text);
    try {
      store()?.setItem(this.key, text);
    } catch {
      // Full or forbidden: the page goes on, only the net under it is gone.
    }
    this.writing ||= this.write();
  }

  // One write at a time, of the newest.
  async write() {
    let written;
    while (!this.gone && written !== this.data.saved) {
      written = this.data.saved;
      await put("drafts", { ...this.data }, this.key).catch(() => undefined);
    }
    this.writing = null;
  }

  async drop({ media = true } = {}) {
    this.gone = true;
    await this.writing;
    await forgetDraft(this.key, this.data.id);
    if (media) await Promise.all(this.data.photos.map((photo) => forget(photo.id)));
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

// The draft of this task while it still is that of this check.
export async function forgetDraft(key, id) {
  try {
    if (JSON.parse(store()?.getItem(key) ?? "null")?.id === id) store().removeItem(key);
  } catch {
    store()?.removeItem(key);
  }
  memory.delete(key);
  if ((await get("drafts", key))?.id === id) await remove("drafts", key).catch(() => undefined);
}

const SECRET = /^(csrf_token|id|opened_at|standard|window|profile|outcome|via)$/;

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
