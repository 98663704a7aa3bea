// The camera inside the page for step photos: one large shutter, the photo for a look, once more if it is no good.
// `takePhoto(words)` answers a canvas, "file" (the person wants the phone's own camera), "none" (no camera here), or null (closed).
import { buzz, openCamera } from "./stream.js";

const LOOK_MS = 2000;
const SIZE = { width: { ideal: 1920 }, height: { ideal: 1440 } };
let sheet = null;

export async function takePhoto(words) {
  await styled();
  const view = new View(words);
  try {
    view.opened(await openCamera(view.video, SIZE));
  } catch {
    view.end("none");
  }
  return view.result;
}

function styled() {
  sheet ||= new Promise((resolve) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: new URL("../css/camera.css", import.meta.url).href, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
  return sheet;
}

function element(name, values, ...inner) {
  const made = Object.assign(document.createElement(name), values);
  made.append(...inner);
  return made;
}

class View {
  constructor(words) {
    this.words = words;
    this.result = new Promise((resolve) => {
      this.resolve = resolve;
    });
    this.video = element("video", { muted: true, playsInline: true });
    this.say = element("p", { className: "say", textContent: words.cam_opening });
    this.say.setAttribute("role", "status");
    this.shutter = this.button("shutter", "", () => this.shot(), words.cam_shutter);
    this.shutter.disabled = true;
    this.left = this.button("btn", words.cam_file, () => this.end("file"));
    this.right = element("span", {});
    this.light = this.button("btn", words.cam_light, () => this.lamp());
    this.light.hidden = true;
    const top = element("div", { className: "camera-top" }, this.button("round", "×", () => this.end(null), words.cam_close), this.light);
    this.keys = element("div", { className: "camera-keys" }, this.left, this.shutter, this.right);
    this.dialog = element("dialog", { className: "camera" }, this.video, top, this.say, this.keys);
    this.dialog.setAttribute("aria-label", words.photo);
    this.dialog.addEventListener("cancel", () => this.end(null));
    this.away = () => document.hidden && this.end(null);
    document.addEventListener("visibilitychange", this.away);
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  button(className, text, deed, label = "") {
    const made = element("button", { type: "button", className, textContent: text, onclick: deed });
    if (label) made.setAttribute("aria-label", label);
    return made;
  }

  opened(camera) {
    this.camera = camera;
    if (this.over) return camera.stop();
    this.light.hidden = !camera.torch;
    this.live();
  }

  live() {
    clearTimeout(this.timer);
    this.still?.remove();
    this.still = null;
    this.keys.replaceChildren(this.left, this.shutter, this.right);
    this.shutter.disabled = false;
    this.shutter.focus();
    this.say.textContent = this.words.cam_aim;
  }

  async lamp() {
    this.light.setAttribute("aria-pressed", String(await this.camera.light().catch(() => false)));
  }

  // The photo stands for a look and then counts by itself, so that a good one costs no third tap; it can still be removed later.
  shot() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width || this.still) return;
    this.still = element("canvas", { width, height });
    this.still.getContext("2d").drawImage(this.video, 0, 0);
    this.video.after(this.still);
    buzz(40);
    const again = this.button("btn", this.words.cam_again, () => this.live());
    const use = this.button("btn primary", this.words.cam_use, () => this.end(this.still));
    this.keys.replaceChildren(again, element("span", {}), use);
    use.focus();
    this.say.textContent = this.words.photo;
    this.timer = setTimeout(() => this.end(this.still), LOOK_MS);
  }

  end(result) {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.away);
    this.camera?.stop();
    this.dialog.close();
    this.dialog.remove();
    this.resolve(result);
  }
}
