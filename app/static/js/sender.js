// One submission on its way: made once when the person presses the button, sent until an answer settles it.
import { stamp } from "./draft.js";
import { submit } from "./send.js";

export class Sender {
  constructor(parts) {
    Object.assign(this, parts, { tries: 0, busy: false });
    this.button = document.getElementById("submit");
    this.freeze();
    this.photos.told = (n, m) => this.busy && this.say(this.task.words.uploading.replace("{n}", n).replace("{m}", m));
  }

  start(extra) {
    this.draft.capture(this.form);
    this.draft.save({ pending: this.record(extra) });
    this.freeze();
    this.tries = 0;
    this.send();
  }

  // What is on its way must not change: the same number with other content would be refused.
  freeze() {
    this.form.querySelector(".steps").inert = Boolean(this.draft.data.pending);
  }

  record(extra) {
    const { form, draft, task } = this;
    return {
      id: draft.data.id,
      person: task.person,
      code: task.code,
      standard: task.standard,
      window: task.window,
      profile: task.profile,
      outcome: "done",
      unable_reason: null,
      opened_at: draft.data.opened_at,
      submitted_at: stamp(),
      via: form.elements.via.value,
      via_reason: null,
      late_reason: form.querySelector('[name="late_reason"]:checked')?.value ?? null,
      note: form.elements.note.value.trim() || null,
      photos: this.photos.of("photos").map((photo) => photo.id),
      files: this.photos.of("files").map((memo) => memo.id),
      facts: this.answers.asked(),
      answers: [],
      signatures: draft.data.signatures.map((made) => made.id),
      ...extra,
    };
  }

  async send() {
    if (this.busy || !this.draft.data.pending) return;
    this.busy = true;
    this.button.disabled = true;
    this.say(this.task.words.sending);
    const answer = await submit(this.draft.data.pending, this.photos);
    this.busy = false;
    this.button.disabled = false;
    await this[answer.kind === "ok" || answer.kind === "signin" || answer.kind === "refused" ? answer.kind : "later"](answer);
  }

  async ok() {
    const { id } = this.draft.data;
    await this.draft.drop();
    location.href = `/checks/${id}?new=1`;
  }

  signin() {
    this.say(this.task.words.signin, true);
    const link = document.createElement("a");
    link.href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.className = "btn primary wide";
    link.textContent = this.task.words.signin_link;
    document.getElementById("status").append(link);
  }

  refused({ body }) {
    this.draft.save({ pending: null });
    this.freeze();
    const fields = body.fields || {};
    const step = this.answers.steps.find((each) => Object.keys(fields).some((name) => name.startsWith(each.id)));
    step?.node.classList.add("missing");
    step?.node.scrollIntoView({ block: "center" });
    this.say([body.detail, ...new Set(Object.values(fields))].join(" "), true);
  }

  later({ status }) {
    this.tries = Math.min(this.tries + 1, 6);
    this.say(status >= 400 ? this.task.words.busy : this.task.words.later, true);
    setTimeout(() => this.send(), 1250 * 2 ** this.tries);
  }
}
