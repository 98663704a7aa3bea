// Photos of a check: taken inside the page or through a file input, kept, shown, and sent one by one while the work goes on.
import { forget, recall, remember, stamp, uuid } from "./draft.js";
import { Live } from "./live.js";
import { takeNonce } from "./nonces.js";
import { shrink } from "./picture.js";
import { freshNonces, putPhoto } from "./send.js";

const PATIENCE = 1500;

export class Photos {
  constructor(form, draft, task, changed) {
    Object.assign(this, { form, draft, task, changed, sending: null });
    form.addEventListener("change", (event) => event.target.matches(".file") && this.take(event.target, [...event.target.files], "file"));
    this.live = new Live(form, task.words, (input, picture) => this.take(input, [picture], "live"), () => this.opening());
    for (const input of form.querySelectorAll(".file")) input.dataset.name = input.name;
    for (const photo of this.all()) this.show(photo);
  }

  opening() {
    this.fetching = freshNonces(this.task.person).catch(() => undefined);
  }

  all() {
    return this.draft.data.photos;
  }

  of(field) {
    return this.all().filter((photo) => photo.field === field && !photo.bad);
  }

  box(field) {
    return this.form.querySelector(`.photos[data-field="${field}"]`);
  }

  async take(input, pictures, source) {
    const field = input.dataset.name;
    for (const picture of pictures) {
      const taken = stamp();
      const small = await shrink(picture);
      const nonce = source === "live" ? await this.nonce() : "";
      const photo = { id: uuid(), field, taken, source, nonce, type: small.type || "image/jpeg", sent: false };
      await remember(photo.id, await small.arrayBuffer());
      this.all().push(photo);
      this.draft.save();
      await this.show(photo);
    }
    input.value = "";
    this.changed(field);
    this.flush();
  }

  // Asked for when the camera opens; a slow network is not waited for long.
  async nonce() {
    await Promise.race([this.fetching, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return takeNonce(this.task.person);
  }

  async show(photo) {
    const box = this.box(photo.field);
    if (!box || photo.kind === "file") return;
    const bytes = await recall(photo.id);
    if (!bytes && !photo.sent) return this.drop(photo);
    const item = document.createElement("li");
    item.className = "shot";
    item.id = `photo-${photo.id}`;
    const image = new Image();
    if (bytes) image.src = URL.createObjectURL(new Blob([bytes], { type: photo.type }));
    image.alt = this.task.words.photo;
    const time = document.createElement("span");
    time.textContent = photo.taken.slice(11, 16);
    const away = document.createElement("button");
    away.type = "button";
    away.textContent = "×";
    away.setAttribute("aria-label", this.task.words.remove);
    away.addEventListener("click", () => this.drop(photo));
    item.append(image, time, away);
    box.querySelector(".shots").append(item);
    this.mark(photo);
  }

  mark(photo) {
    const item = document.getElementById(`photo-${photo.id}`);
    item?.classList.toggle("wait", !photo.sent);
    item?.classList.toggle("bad", Boolean(photo.bad));
    const box = this.box(photo.field);
    const word = box?.querySelector(".word");
    if (word) word.textContent = this.of(photo.field).length ? this.task.words.another : (box.dataset.word ||= word.textContent);
  }

  async drop(photo) {
    document.getElementById(`photo-${photo.id}`)?.remove();
    this.draft.save({ photos: this.all().filter((other) => other !== photo) });
    this.mark(photo);
    await forget(photo.id);
    this.changed(photo.field);
  }

  sendAgain(ids) {
    for (const photo of this.all()) if (ids.includes(photo.id)) photo.sent = false;
  }

  flush() {
    this.sending ||= this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async sendAll() {
    for (let photo; (photo = this.all().find((each) => !each.sent && !each.bad)); ) {
      this.told?.(this.all().filter((each) => each.sent).length + 1, this.all().length);
      const answer = await putPhoto(photo, await recall(photo.id), this.task.person);
      if (answer.kind === "ok") photo.sent = true;
      else if (answer.kind === "refused") Object.assign(photo, { bad: answer.body.detail || true });
      else return answer;
      this.draft.save();
      this.mark(photo);
      this.changed(photo.field, typeof photo.bad === "string" ? photo.bad : "");
    }
    return { kind: "ok" };
  }
}
