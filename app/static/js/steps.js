// One step a screen, with a picture: the same form, one card at a time. Loaded only where the mode is on.

const PAUSE = 350;

export class Screens {
  constructor({ form, task, answers, draft }) {
    Object.assign(this, { form, task, answers, draft, on: false, at: null });
    this.build();
    form.addEventListener("input", (event) => this.answered(event.target));
    document.addEventListener("click", (event) => event.target.closest(".confirm, [data-key=done]") && this.answered(event.target));
    const marked = new MutationObserver((changes) => {
      const fresh = changes.find(({ target, oldValue }) => target.matches(".step.missing") && !/\bmissing\b/.test(oldValue || ""));
      if (fresh && this.on) this.go(fresh.target);
    });
    marked.observe(form.querySelector(".steps"), { subtree: true, attributeFilter: ["class"], attributeOldValue: true });
  }

  build() {
    const { words } = this.task;
    const row = this.form.querySelector(".dock-row");
    this.count = this.element("p", "count small only-one");
    this.form.querySelector(".dock").prepend(this.count);
    this.back = this.element("button", "btn only-one", words.step_back, "chevron-left");
    this.next = this.element("button", "btn only-one", words.step_next, "arrow-right");
    this.back.type = this.next.type = "button";
    this.back.id = "back";
    this.next.id = "next";
    this.back.addEventListener("click", () => this.move(-1));
    this.next.addEventListener("click", () => this.move(1));
    row.prepend(this.back);
    row.append(this.next);
    this.list = this.element("ol", "card summary only-one");
    this.form.querySelector(".steps").after(this.list);
    for (const { id, node } of this.answers.steps) {
      node.querySelector(".step-title").tabIndex = -1;
      if (!node.querySelector(".ref")) node.querySelector(".body").prepend(this.scene(this.task.steps.find((step) => step.id === id)));
    }
  }

  element(name, cls, text = "", sign = "") {
    const made = Object.assign(document.createElement(name), { className: cls });
    if (sign) made.append(this.icon(sign));
    if (text) made.append(sign ? Object.assign(document.createElement("span"), { textContent: text }) : text);
    return made;
  }

  icon(sign) {
    const icon = document.querySelector("svg.i").cloneNode(true);
    icon.firstElementChild.setAttribute("href", icon.firstElementChild.getAttribute("href").replace(/#.*/, `#${sign}`));
    return icon;
  }

  scene(step) {
    return this.element("span", "scene only-one", "", step.scene);
  }

  // The cards in order; null is the summary behind them.
  screens() {
    return [...this.form.querySelectorAll(".ask, .step:not([hidden])"), null];
  }

  set(on, moved) {
    this.on = on;
    this.form.classList.toggle("on", on);
    const kept = document.getElementById(this.draft.data.screen || "");
    const all = this.screens();
    if (on) this.go(kept && all.includes(kept) ? kept : this.draft.data.screen === "" ? null : all[0], moved);
    else if (this.at) this.at.scrollIntoView({ block: "start" });
  }

  go(node, moved = true) {
    this.at?.classList.remove("here");
    this.at = node;
    node?.classList.add("here");
    const all = this.screens();
    const index = all.indexOf(node);
    const { body } = document;
    body.classList.toggle("sum", !node);
    body.classList.toggle("ord", Boolean(node?.classList.contains("ordinary")));
    body.classList.toggle("first", index === 0);
    this.count.textContent = node ? this.task.words.step_count.replace("{n}", index + 1).replace("{m}", all.length - 1) : this.task.words.step_all;
    if (!node) this.sum();
    this.draft.save({ screen: node ? node.id || "ask" : "" });
    if (!moved) return;
    scrollTo(0, 0);
    (node?.querySelector(".step-title") || this.list.querySelector("button"))?.focus({ preventScroll: true });
  }

  move(by) {
    const all = this.screens();
    this.go(all[Math.max(0, Math.min(all.length - 1, all.indexOf(this.at) + by))]);
  }

  // A plain tick goes on by itself to what is still open; whoever reports something stays.
  answered(target) {
    if (!this.on) return;
    const { missing } = this.answers.refresh();
    if (target.name === "together") return this.later(missing);
    const step = this.answers.steps.find(({ node }) => node === this.at);
    const plain = target.matches('[type=radio][value="pass"], .pass input') || target.closest(".confirm, [data-key=done]");
    if (plain && step?.answer?.state === "pass" && !missing.some((each) => each.step === step)) this.later(missing);
  }

  later(missing) {
    const from = this.at;
    const all = this.screens();
    const open = missing.map(({ step }) => step.node).filter((node) => all.indexOf(node) > all.indexOf(from));
    setTimeout(() => this.on && this.at === from && this.go(open[0] || null), PAUSE);
  }

  sum() {
    this.list.replaceChildren(
      ...this.screens().filter((node) => node?.matches(".step")).map((node) => {
        const item = this.element("li", "");
        const button = this.element("button", "btn wide");
        button.type = "button";
        const dot = this.element("span", "dot");
        dot.dataset.n = node.querySelector(".dot").dataset.n;
        item.dataset.state = node.dataset.state;
        const title = this.element("span", "", node.querySelector(".step-title").firstChild.textContent.trim());
        title.lang = "zh-CN";
        const state = this.element("span", "sr", this.task.words[`state_${node.dataset.state || "open"}`]);
        button.append(dot, title, state);
        button.addEventListener("click", () => this.go(node));
        item.append(button);
        return item;
      }),
    );
  }
}
