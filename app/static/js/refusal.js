// The panel over a code that is not ours: the host in plain text, nothing opened, and a report in one tap.
import { report } from "./stickers.js";
import { buzz } from "./stream.js";

export class Refusal {
  constructor(page, say, settled) {
    Object.assign(this, { page, say, settled, open: false, near: null, text: "" });
    this.panel = document.getElementById("foreign");
    this.button = document.getElementById("foreign-report");
    this.button?.addEventListener("click", () => this.report());
    document.getElementById("foreign-close").addEventListener("click", () => this.close());
  }

  show(host, text) {
    Object.assign(this, { open: true, text });
    document.getElementById("foreign-host").textContent = host;
    this.told("");
    if (this.button) this.button.hidden = false;
    this.panel.classList.add("open");
    buzz([80, 60, 80]);
    this.say(this.page.words.refused, "bad");
    this.panel.querySelector("h2").focus();
  }

  async report() {
    this.button.disabled = true;
    this.told(this.page.words.sending);
    const place = document.getElementById("foreign-place").value.trim() || null;
    const how = await report(this.page.person, { text: this.text, place, near: this.near });
    this.button.disabled = false;
    this.button.hidden = how !== "lost";
    this.told(this.page.words[`report_${how}`]);
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
