// The phone's camera as a stream: opens it or says why not, remembers which one was chosen, torch and zoom where offered.

const KEY = "dabiao:camera";

export function offered() {
  return Boolean(window.isSecureContext && navigator.mediaDevices?.getUserMedia);
}

// insecure, old, denied, absent or busy: each has words of its own on the page.
export function trouble(error) {
  if (!window.isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia) return "old";
  if (["NotAllowedError", "SecurityError"].includes(error?.name)) return "denied";
  return ["NotFoundError", "OverconstrainedError"].includes(error?.name) ? "absent" : "busy";
}

// granted, denied, prompt, or "" where the browser does not say.
export async function permission() {
  try {
    return (await navigator.permissions.query({ name: "camera" })).state;
  } catch {
    return "";
  }
}

function chosen(id) {
  try {
    if (id !== undefined) localStorage.setItem(KEY, id);
    return localStorage.getItem(KEY) || "";
  } catch {
    return "";
  }
}

// Browsers allow it after the first touch of the page only.
export function buzz(pattern) {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
}

async function stream(size) {
  const back = { ...size, facingMode: { ideal: "environment" } };
  const id = chosen();
  if (!id) return navigator.mediaDevices.getUserMedia({ audio: false, video: back });
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, deviceId: { exact: id } } });
  } catch (error) {
    if (error.name !== "OverconstrainedError" && error.name !== "NotFoundError") throw error;
    chosen("");
    return navigator.mediaDevices.getUserMedia({ audio: false, video: back });
  }
}

// `size`: the wanted width and height, as ideals. Rejects with what getUserMedia says.
export async function openCamera(video, size) {
  if (!offered()) throw new DOMException("no camera stream here", "NotSupportedError");
  const opened = await stream(size);
  video.srcObject = opened;
  try {
    await video.play();
  } catch (error) {
    opened.getTracks().forEach((track) => track.stop());
    throw error;
  }
  return new Camera(video, opened);
}

class Camera {
  constructor(video, opened) {
    Object.assign(this, { video, opened, lit: false });
    [this.track] = opened.getVideoTracks();
    const able = this.track.getCapabilities?.() || {};
    this.torch = Boolean(able.torch);
    this.zoom = able.zoom && able.zoom.max > able.zoom.min ? { step: 0.1, ...pick(able.zoom), now: this.track.getSettings().zoom || able.zoom.min } : null;
  }

  async light(on = !this.lit) {
    await this.track.applyConstraints({ advanced: [{ torch: on }] });
    this.lit = on;
    return on;
  }

  async zoomTo(value) {
    await this.track.applyConstraints({ advanced: [{ zoom: Number(value) }] });
  }

  async others() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput").map((device) => device.deviceId);
  }

  // The camera after this one becomes the one to open next time.
  async chooseNext() {
    const ids = await this.others();
    chosen(ids[(ids.indexOf(this.track.getSettings().deviceId) + 1) % ids.length]);
  }

  stop() {
    this.opened.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
  }
}

function pick({ min, max, step }) {
  return { min, max, ...(step ? { step } : {}) };
}
