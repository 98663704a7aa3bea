// A tap on a photo button opens the camera inside the page (js/camera.js, loaded when it is near); where there is none, or at the
// person's wish, the phone's own camera or gallery through the file input. Neither way is suspicious, each is recorded.

export class Live {
  constructor(form, words, taken, opening = () => undefined) {
    Object.assign(this, { words, taken, opening, off: !(window.isSecureContext && navigator.mediaDevices?.getUserMedia) });
    form.addEventListener("click", (event) => event.target.matches(".file") && this.aim(event));
    form.addEventListener("pointerdown", () => this.module(), { once: true });
  }

  // Fetched at the first touch of the page, so that the tap on the button finds it there.
  module() {
    if (this.off || !document.querySelector(".file")) return null;
    this.loading ||= import(new URL("./camera.js", import.meta.url).href).catch(() => null);
    return this.loading;
  }

  async aim(event) {
    const input = event.target;
    if (this.off || input.dataset.plain) {
      delete input.dataset.plain;
      return;
    }
    event.preventDefault();
    this.opening();
    const camera = await this.module();
    const picture = camera ? await camera.takePhoto(this.words) : "none";
    if (picture instanceof HTMLCanvasElement) this.taken(input, picture);
    // Where the camera does not open, the next tap goes straight to the file input; this one as well, if the browser lets it.
    if (picture === "none") this.off = true;
    if (typeof picture !== "string") return;
    input.dataset.plain = "1";
    input.click();
    setTimeout(() => delete input.dataset.plain);
  }
}
