// The scanner's camera view: opens the camera, looks for a code in its middle a dozen times a second, says what is wrong in words.
import { offered, openCamera, permission, trouble } from "./stream.js";

const PAUSE = 80;
const SIDE = 640;
const canvas = document.createElement("canvas");

// Draws a part of a picture at most `most` pixels wide, for the decoder.
export function cut(source, [x, y, width, height], most) {
  const scale = Math.min(1, most / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export class Viewfinder {
  // `reader()` gives the decoder, `busy()` says when not to look, `seen(text)` takes what was read.
  constructor({ words, reader, busy, seen }) {
    Object.assign(this, { words, reader, busy, seen, camera: null });
    this.box = document.getElementById("scanner");
    this.video = this.box.querySelector("video");
    for (const name of ["open", "light", "turn", "zoom", "say"]) this[name] = document.getElementById(`scan-${name}`);
    this.open.addEventListener("click", () => this.start());
    this.light.addEventListener("click", () => this.lamp());
    this.turn.addEventListener("click", () => this.other());
    this.zoom.addEventListener("input", () => this.camera?.zoomTo(this.zoom.value).catch(() => {}));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.rest() : this.wake()));
    addEventListener("pagehide", () => this.rest());
    this.box.hidden = false;
    this.show(offered() ? "idle" : trouble());
    this.wake();
  }

  tell(text, kind = "") {
    this.say.textContent = text;
    this.say.dataset.kind = kind;
  }

  show(state) {
    this.box.dataset.state = state;
    this.open.hidden = ["live", "starting", "insecure", "old"].includes(state);
    this.tell(this.words[state], ["idle", "live", "starting"].includes(state) ? "" : "bad");
  }

  // Without a tap only where the person has said yes before.
  async wake() {
    if (this.box.dataset.state === "idle" && (await permission()) === "granted") this.start();
  }

  async start() {
    if (this.camera || this.box.dataset.state === "starting") return;
    this.show("starting");
    let decode;
    try {
      decode = await this.reader();
    } catch {
      return this.show("unread");
    }
    try {
      this.camera = await openCamera(this.video, { width: { ideal: 1280 }, height: { ideal: 720 } });
    } catch (error) {
      return this.show(trouble(error));
    }
    if (document.hidden) return this.rest();
    this.camera.track.addEventListener("ended", () => this.rest("busy"));
    this.show("live");
    this.offer();
    this.look(decode);
  }

  async offer() {
    const { torch, zoom } = this.camera;
    this.light.hidden = !torch;
    this.light.setAttribute("aria-pressed", "false");
    this.zoom.parentElement.hidden = !zoom;
    if (zoom) Object.assign(this.zoom, { min: zoom.min, max: zoom.max, step: zoom.step, value: zoom.now });
    this.turn.hidden = (await this.camera.others()).length < 2;
  }

  rest(state = "idle") {
    if (!this.camera) return;
    this.camera.stop();
    this.camera = null;
    this.light.hidden = this.turn.hidden = this.zoom.parentElement.hidden = true;
    this.show(state);
  }

  async lamp() {
    const lit = await this.camera.light().catch(() => false);
    this.light.setAttribute("aria-pressed", String(lit));
  }

  async other() {
    await this.camera.chooseNext();
    this.rest();
    this.start();
  }

  // One decode at a time, on the centre square.
  async look(decode) {
    const mine = this.camera;
    while (this.camera === mine) {
      const { videoWidth: width, videoHeight: height } = this.video;
      const side = Math.min(width, height);
      if (side && !this.busy()) {
        const text = await decode(cut(this.video, [(width - side) / 2, (height - side) / 2, side, side], SIDE)).catch(() => null);
        if (text && this.camera === mine && !this.busy()) await this.seen(text);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
