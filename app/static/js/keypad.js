// The own keypad and the stepper of readings: large keys for gloves, no phone keyboard over half the page.

const KEYS = ["7", "8", "9", "⌫", "4", "5", "6", "±", "1", "2", "3", "done", "0", "00", "."];

export function number(text) {
  const plain = text.trim().replace(/[，。．,]/g, ".").replace(/[－−]/g, "-").replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

function typed(text, key) {
  if (key === "⌫") return text.slice(0, -1);
  if (key === "±") return text.startsWith("-") ? text.slice(1) : `-${text}`;
  if (key === "." && text.includes(".")) return text;
  return text === "0" && key !== "." ? key.replace("00", "0") : text + key;
}

export class Keypad {
  constructor(form, words) {
    this.sheet = document.getElementById("keypad");
    this.input = null;
    this.draw(words);
    for (const input of form.querySelectorAll(".reading input")) {
      input.inputMode = "none";
      input.addEventListener("focus", () => this.open(input));
      input.addEventListener("click", () => this.open(input));
    }
    form.addEventListener("click", (event) => this.press(event));
    form.addEventListener("focusin", (event) => event.target !== this.input && this.close());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  draw(words) {
    this.output = document.createElement("output");
    this.label = document.createElement("span");
    const head = document.createElement("p");
    head.className = "spread keypad-head";
    head.append(this.label, this.output);
    const keys = document.createElement("div");
    keys.className = "keys";
    for (const key of KEYS) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = key === "done" ? "btn primary done" : "btn";
      button.textContent = key === "done" ? words.done : key;
      button.dataset.key = key;
      if (key === "⌫") button.setAttribute("aria-label", words.back);
      keys.append(button);
    }
    keys.addEventListener("click", (event) => event.target.dataset.key && this.key(event.target.dataset.key));
    this.sheet.append(head, keys);
  }

  open(input) {
    if (this.input === input) return;
    this.close();
    this.input = input;
    if ("unconfirmed" in input.dataset) this.fresh = true;
    this.label.textContent = input.closest(".step").querySelector(".limits").firstChild?.textContent.trim() || "";
    this.output.textContent = input.value;
    this.sheet.hidden = false;
    this.sheet.classList.add("open");
    input.closest(".step").scrollIntoView({ block: "start" });
  }

  close() {
    if (!this.input) return;
    this.input = null;
    this.fresh = false;
    this.sheet.hidden = true;
    this.sheet.classList.remove("open");
  }

  key(key) {
    if (key === "done") return this.close();
    const before = this.fresh && key !== "⌫" ? "" : this.input.value;
    this.fresh = false;
    this.set(this.input, typed(before, key));
    this.output.textContent = this.input.value;
  }

  set(input, text) {
    input.value = text;
    delete input.dataset.unconfirmed;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  press(event) {
    const button = event.target.closest("button");
    const input = button?.closest(".reading")?.querySelector("input");
    if (!input) return;
    if (button.matches(".confirm")) this.set(input, input.value);
    if (button.dataset.by) this.set(input, this.next(input, Number(button.dataset.by)));
  }

  next(input, by) {
    const now = number(input.value);
    const { min, max } = input.dataset;
    if (now === null) return min ?? max ?? "0";
    const places = (String(now).split(".")[1] || "").length;
    return String(Number((now + by * 10 ** -places).toFixed(places)));
  }
}
