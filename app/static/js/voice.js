// What is heard and what is said: the recorded steps, read out by the phone where there is no recording, and voice memos instead of words.
import { forget, recall, remember, stamp, uuid } from "./draft.js";
import { chinese, hush, play } from "./player.js";

const PATIENCE_MS = 3000;

export class Voice {
  constructor({ form, draft, photos, task, say }) {
    Object.assign(this, { form, draft, photos, task, say });
    this.memos();
    this.speakers();
    window.speechSynthesis?.addEventListener?.("voiceschanged", () => this.speakers());
  }

  // One button a step, in room kept free by the sheet: nothing moves when it comes.
  speakers() {
    const speaks = chinese();
    for (const step of this.task.steps) {
      const node = document.getElementById(step.id);
      if (node.querySelector(".hear") || !(step.audio || speaks)) continue;
      const button = this.button("volume-2", `${this.task.words.listen}: ${node.querySelector(".step-title").firstChild.textContent.trim()}`);
      button.className = "hear";
      button.addEventListener("click", () => play(button, [this.sound(step)]));
      node.append(button);
    }
    const all = document.getElementById("hear-all");
    all.disabled = !this.form.querySelector(".hear");
    all.onclick = () => play(all, this.task.steps.filter((step) => document.querySelector(`#${step.id}:not([hidden]) .hear`)).map((step) => this.sound(step)));
  }

  sound({ id, audio }) {
    return audio ? { address: audio, person: this.task.person } : { text: spoken(document.getElementById(id)) };
  }

  button(sign, label) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const icon = document.querySelector("svg.i").cloneNode(true);
    icon.firstElementChild.setAttribute("href", icon.firstElementChild.getAttribute("href").replace(/#.*/, `#${sign}`));
    button.append(icon);
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-pressed", "false");
    return button;
  }

  memos() {
    const model = this.form.querySelector(".more .memo");
    if (!model) return;
    for (const { id, node } of this.task.steps.map((step) => ({ id: step.id, node: document.getElementById(step.id) }))) {
      if (node.querySelector(".memo")) continue;
      const copy = model.cloneNode(true);
      copy.querySelector(".shots").textContent = "";
      copy.dataset.field = copy.querySelector(".voice").name = `${id}.files`;
      node.querySelector('[name$=".note"]').after(copy);
    }
    const records = window.MediaRecorder && navigator.mediaDevices?.getUserMedia;
    for (const input of this.form.querySelectorAll(".voice")) {
      input.dataset.name = input.name;
      if (records) input.type = "button";
    }
    this.form.addEventListener("change", (event) => event.target.matches(".voice") && this.chosen(event.target));
    if (records) this.form.addEventListener("click", (event) => this.press(event));
    for (const memo of this.photos.all()) if (memo.kind === "file") this.show(memo);
  }

  press(event) {
    const label = event.target.closest(".say");
    if (!label) return;
    event.preventDefault();
    hush();
    this.saying = Promise.all([this.saying, this.take(label, label.querySelector(".voice"))]);
  }

  // Whoever sends while still speaking means that too, and a second tap meanwhile is the same one.
  // A question for the microphone that nobody answers holds nothing up.
  async before(send) {
    if (!this.saying) return send();
    if (this.ending) return;
    this.ending = true;
    this.finish?.();
    await Promise.race([this.saying, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    this.ending = false;
    this.saying = null;
    send();
  }

  async take(label, input) {
    try {
      const { finish, record } = await import("./recorder.js");
      this.finish = finish;
      const made = await record(label, this.task.words);
      if (made) await this.keep(input.dataset.name, made.blob, made.seconds);
    } catch {
      // No microphone, or the person said no: the phone's own recorder is asked instead at the next press.
      for (const each of this.form.querySelectorAll(".voice")) each.type = "file";
      this.press = () => {};
      this.say(this.task.words.no_microphone, true);
    }
  }

  async chosen(input) {
    for (const file of [...input.files]) await this.keep(input.dataset.name, file, 0);
    input.value = "";
  }

  async keep(field, blob, seconds) {
    const memo = { id: uuid(), kind: "file", field, taken: stamp(), type: blob.type || "audio/mp4", seconds, sent: false };
    await remember(memo.id, await blob.arrayBuffer());
    this.photos.all().push(memo);
    this.draft.save();
    await this.show(memo);
    this.photos.changed(field);
    this.photos.flush();
  }

  async show(memo) {
    const box = this.photos.box(memo.field);
    const bytes = await recall(memo.id);
    if (!box || !bytes) return memo.sent || forget(memo.id);
    const item = document.createElement("li");
    item.className = "clip";
    item.id = `photo-${memo.id}`;
    const length = memo.seconds ? `${Math.floor(memo.seconds / 60)}:${String(memo.seconds % 60).padStart(2, "0")}` : memo.taken.slice(11, 16);
    const hear = this.button("play", `${this.task.words.listen} ${length}`);
    hear.className = "btn";
    hear.append(length);
    const address = URL.createObjectURL(new Blob([bytes], { type: memo.type }));
    hear.addEventListener("click", () => play(hear, [{ address }]));
    const away = this.button("x", this.task.words.remove_memo);
    away.className = "btn ghost";
    away.addEventListener("click", () => this.photos.drop(memo));
    item.append(hear, away);
    box.querySelector(".shots").append(item);
  }
}

function spoken(node) {
  const text = (selector) => node.querySelector(selector)?.firstChild.textContent.trim() || "";
  return [text(".step-title"), text(".req"), node.querySelector(".safe")?.textContent.trim()].filter(Boolean).join("。");
}
