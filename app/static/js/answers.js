// What has been answered: reads the form step by step, judges conditions and limits as the server will, and makes the protocol's answers.
import { evaluate, holds } from "./conditions.js";
import { number } from "./keypad.js";

export class Answers {
  constructor(form, task, photos, draft) {
    Object.assign(this, { form, task, photos, draft });
    this.steps = task.steps.map((step) => ({ ...step, node: document.getElementById(step.id) }));
    for (const step of this.steps) {
      const input = step.node.querySelector(".reading input");
      if (input && step.min !== null) input.dataset.min = step.min;
      if (input && step.max !== null) input.dataset.max = step.max;
    }
  }

  picked(step, name) {
    return this.form.querySelector(`[name="${step.id}.${name}"]:checked`)?.value ?? null;
  }

  written(step, name) {
    return this.form.querySelector(`[name="${CSS.escape(`${step.id}.${name}`)}"]`)?.value.trim() || null;
  }

  // Words, or a voice memo in their place.
  said(step, name) {
    return this.written(step, name) || this.photos.of(`${step.id}.files`).length > 0;
  }

  asked() {
    const facts = {};
    for (const name of this.task.ask_facts) {
      const inputs = [...this.form.querySelectorAll(`[name="fact.${name}"]`)];
      const value = inputs[0]?.type === "radio" ? inputs.find((input) => input.checked)?.value : inputs[0]?.value;
      if (value === "true" || value === "false") facts[name] = value === "true";
      else if (value && number(value) !== null) facts[name] = number(value);
    }
    return facts;
  }

  // Goes through the steps in order: later conditions may look at earlier answers.
  refresh() {
    const facts = { ...this.task.facts, ...this.asked() };
    const missing = [];
    let total = 0;
    for (const step of this.steps) {
      step.applies = holds(step.applies_when, facts);
      step.node.hidden = !step.applies;
      if (!step.applies) continue;
      total += 1;
      const found = this.read(step, facts);
      step.answer = found;
      if (found.state) facts[`steps.${step.id}.result`] = { na: "not_applicable", finding: "pass" }[found.state] || found.state;
      if (found.value !== null) facts[`steps.${step.id}.value`] = found.value;
      const lack = this.lack(step, found);
      if (lack) missing.push({ step, lack });
      else step.node.classList.remove("missing");
      this.paint(step, found, lack);
    }
    return { total, done: total - missing.length, missing };
  }

  read(step, facts) {
    const result = this.picked(step, "result");
    if (result === "not_applicable") return { state: "na", value: null };
    if (step.evidence === "choice") {
      const label = this.form.querySelector(`[name="${step.id}.choice"]:checked`)?.closest(".opt");
      return { state: label ? ["fail", "finding"].find((name) => label.classList.contains(name)) || "pass" : "", value: null, judged: true };
    }
    if (step.evidence === "number") return this.reading(step, facts);
    const text = step.evidence === "text" && !result && this.said(step, "text");
    return { state: text ? "pass" : result || "", value: null };
  }

  reading(step, facts) {
    const fields = [...step.node.querySelectorAll(".reading input")];
    const values = fields.map((input) => ("unconfirmed" in input.dataset ? null : number(input.value)));
    const wrong = fields.some((input, index) => input.value.trim() && values[index] === null && !("unconfirmed" in input.dataset));
    if (values.includes(null)) return { state: "", value: null, judged: true, wrong };
    let value = values[0];
    if (step.inputs) {
      try {
        value = evaluate(step.formula, { ...facts, ...Object.fromEntries(step.inputs.map((id, index) => [id, values[index]])) });
      } catch {
        return { state: "pass", value: null, values, judged: true };
      }
    }
    const side = step.min !== null && value < step.min ? "below" : step.max !== null && value > step.max ? "above" : "";
    const warned = !side && step.warn && ((step.warn.min !== undefined && value < step.warn.min) || (step.warn.max !== undefined && value > step.warn.max));
    return { state: side ? "fail" : "pass", value, values, judged: true, side, warned };
  }

  lack(step, { state, judged, wrong }) {
    const pictures = this.photos.of(`${step.id}.photos`).length;
    const note = this.said(step, "note");
    if (!state) return wrong ? "number" : "answer";
    if (state === "na") return note ? "" : "note";
    if (step.evidence === "photo" && pictures < step.photo_min && !this.picked(step, "no_photo_reason")) return "photo";
    if (step.evidence === "text" && !this.said(step, "text")) return "text";
    if (state === "fail" && !judged && !this.picked(step, "cause")) return "cause";
    if (state === "fail" && !judged && !note && !pictures) return "why";
    if (state === "fail" && this.picked(step, "fixed") && this.photos.box(`${step.id}.after_photos`) && !this.photos.of(`${step.id}.after_photos`).length) return "after";
    return "";
  }

  paint(step, found, lack) {
    const { words } = this.task;
    const half = lack && !["cause", "why", "note", "after"].includes(lack);
    step.node.dataset.state = half && found.state === "pass" ? "" : found.state;
    step.node.toggleAttribute("data-fixed", Boolean(this.picked(step, "fixed")));
    const outcome = step.node.querySelector(".outcome");
    if (!outcome) return;
    const value = step.inputs && found.value !== null ? `${Math.round(found.value * 10) / 10}${step.unit || ""} ` : "";
    outcome.textContent = found.wrong ? words.nonumber : found.state ? value + (words[found.side || (found.warned ? "near" : "within")] || "") : "";
    step.node.classList.toggle("warned", Boolean(found.warned));
  }

  body() {
    return this.steps.filter((step) => step.applies).map((step) => this.answer(step));
  }

  answer(step) {
    const { state, value, values } = step.answer;
    const ids = (field) => this.photos.of(`${step.id}.${field}`).map((photo) => photo.id);
    const known = [...step.node.querySelectorAll(".known :checked")].map((input) => ({ finding: input.name.split(".known.")[1], state: input.value }));
    const failed = state === "fail";
    return {
      step: step.id,
      result: { na: "not_applicable", finding: "pass" }[state] || state,
      value: step.inputs ? null : value,
      inputs: step.inputs && values ? Object.fromEntries(step.inputs.map((id, index) => [id, values[index]])) : null,
      choice: state === "na" ? null : this.picked(step, "choice"),
      text: step.evidence === "text" ? this.written(step, "text") : null,
      note: state === "pass" ? null : this.written(step, "note"),
      cause: failed ? this.picked(step, "cause") : null,
      photos: ids("photos"),
      files: state === "pass" && step.evidence !== "text" ? [] : ids("files"),
      no_photo_reason: ids("photos").length ? null : this.picked(step, "no_photo_reason"),
      fixed: failed && this.picked(step, "fixed") !== null,
      after_photos: failed ? ids("after_photos") : [],
      together: this.draft.data.together.includes(step.id),
      known,
      answered_at: this.draft.data.at[step.id] || null,
    };
  }
}
