// One submission on its way: frozen when the person presses the button, put into the outbox, waited for a moment.
import { deliver } from "./deliver.js";
import { uuid } from "./draft.js";
import { item, record } from "./frozen.js";
import { done } from "./joy.js";
import { discard, enqueue, flush, keepSending, watch } from "./outbox.js";
import { watchCamera } from "./room.js";
import { get } from "./store.js";

const PATIENCE = 8000;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function opensOffline(page) {
  return Boolean(navigator.serviceWorker?.controller && (await caches.match(page, { ignoreVary: true })));
}

export class Sender {
  constructor(parts) {
    Object.assign(this, parts, { tries: 0, busy: false, boxed: null });
    this.button = document.getElementById("submit");
    this.freeze();
    watch((message) => message.id === this.draft.data.pending?.id && this.heard(message));
    keepSending(this.task.person);
    watchCamera(this, this.task.words);
    this.welcomeBack();
  }

  start(extra) {
    this.draft.capture(this.form);
    this.draft.save({ pending: record(this, extra) });
    this.freeze();
    this.tries = 0;
    this.send();
  }

  // What is on its way must not change: the same number with other content would be refused.
  freeze() {
    this.form.querySelector(".steps").inert = Boolean(this.draft.data.pending);
  }

  async send() {
    if (this.busy || !this.draft.data.pending) return;
    this.busy = true;
    this.button.disabled = true;
    this.say(this.task.words.sending);
    const answer = await this.sent(item(this));
    this.busy = false;
    this.button.disabled = false;
    await this[["ok", "signin", "refused"].includes(answer.kind) ? answer.kind : "later"](answer);
  }

  // Through the outbox; where the phone keeps nothing, the page itself sends as long as it is open.
  async sent(item) {
    this.boxed = await this.box(item);
    if (!this.boxed) return deliver(item, { anyway: true, note: async () => undefined, progress: (n) => this.heard({ type: "progress", n, m: item.media.length }) });
    await Promise.race([this.photos.sending, pause(PATIENCE)]);
    const answer = await Promise.race([flush({ person: item.person, eager: true }), pause(PATIENCE)]);
    return (await this.outcome()) || answer || { kind: "later", status: 0 };
  }

  async box(item) {
    if (this.boxed || (await get("items", item.id))) return true;
    return enqueue(item).then(() => true, () => false);
  }

  async outcome() {
    const item = await get("items", this.draft.data.id);
    if (item?.state === "arrived") return { kind: "ok" };
    return item?.state === "aside" ? { kind: "refused", status: item.status, body: { detail: item.why, fields: item.fields } } : null;
  }

  // From the outbox, of this page or another: a photo on its way, or the answer that came after all.
  async heard({ type, n, m }) {
    if (type === "progress") return this.busy && this.say(this.task.words.uploading.replace("{n}", n).replace("{m}", m));
    const answer = this.busy ? null : await this.outcome();
    return answer && this[answer.kind](answer);
  }

  async ok() {
    const { id } = this.draft.data;
    await Promise.all([this.draft.drop({ media: !this.boxed }), done()]);
    location.href = `/checks/${id}?new=1`;
  }

  signin() {
    const { words } = this.task;
    this.say(words.signin, true);
    const href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
    const link = Object.assign(document.createElement("a"), { href, className: "btn primary wide", textContent: words.signin_link });
    document.getElementById("status").append(link);
  }

  async refused({ status, body }) {
    const { id } = this.draft.data;
    this.draft.save({ pending: null, id: status === 422 ? id : uuid() });
    this.freeze();
    if (this.boxed) await discard(id, { media: false });
    this.boxed = null;
    this.explain(body);
  }

  explain({ detail, fields = {} }) {
    const step = this.answers.steps.find((each) => Object.keys(fields).some((name) => name.startsWith(each.id)));
    step?.node.classList.add("missing");
    step?.node.scrollIntoView({ block: "center" });
    this.say([this.task.words[detail] || detail, ...new Set(Object.values(fields))].join(" "), true);
  }

  // Kept: where the page of the outbox opens without a network it says so, and the next place can be done.
  async later({ status, wifi }) {
    if (this.boxed && (await opensOffline("/outbox"))) {
      await Promise.all([this.draft.drop({ media: false }), done()]);
      location.href = `/outbox#${this.draft.data.id}`;
      return;
    }
    this.tries = Math.min(this.tries + 1, 6);
    const { registered, busy, later, stay } = this.task.words;
    this.say(!this.boxed ? stay : wifi ? registered : status >= 400 ? busy : later, !wifi);
    if (!this.boxed) setTimeout(() => this.send(), 1250 * 2 ** this.tries);
  }

  // After the camera had ended the page, or a refused record came back to be mended.
  welcomeBack() {
    const { camera, trouble } = this.draft.data;
    if (!camera && !trouble) return;
    this.draft.save({ camera: "", trouble: null });
    setTimeout(() => (trouble ? this.explain(trouble) : this.say(this.task.words.camera_back)), 0);
    if (camera) this.photos.box(camera)?.scrollIntoView({ block: "center" });
  }
}
