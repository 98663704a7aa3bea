// The panel over a code that is not ours: the host in plain text, nothing opened, and a report in one tap.
import { report } from "./stickers.js";
import { buzz } from "./stream.js";

const KEY = "dabiao:near";

// Where this phone was last: the own label scanned before, told along with a report.
export function near(code) {
  try {
    if (code) localStorage.setItem(KEY, code);
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export class Refusal {
  constructor(page, say, settled) {
    Object.assign(this, { page, say, settled, open: false, text: "" });
    this.place = document.getElementById("foreign-place");
    this.panel = document.getElementById("foreign");
    this.button = document.getElementById("foreign-report");
    this.button?.addEventListener("click", () => this.report());
    document.getElementById("foreign-close").addEventListener("click", () => this.close());
  }

  show(host, text) {
    Object.assign(this, { open: true, text });
    document.getElementById("foreign-host").textContent = host;
    this.told("");
    this.ask(true);
    this.panel.classList.add("open");
    buzz([80, 60, 80]);
    this.say(this.page.words.refused, "bad");
    this.panel.querySelector("h2").focus();
  }

  async report() {
    this.button.disabled = true;
    this.told(this.page.words.sending);
    const how = await report(this.page.person, { text: this.text, place: this.place.value.trim() || null, near: near() });
    this.button.disabled = false;
    this.ask(how === "lost");
    this.told(this.page.words[`report_${how}`]);
  }

  ask(wanted) {
    if (!this.button) return;
    this.button.hidden = this.place.parentElement.hidden = !wanted;
  }

  told(text) {
    document.getElementById("foreign-told").textContent = text;
  }

  close() {
    this.open = false;
    this.panel.classList.remove("open");
    this.settled();
    this.say(this.page.words.live);
  }
}
