// The editor of a draft: every change is kept by itself, steps move by drag and by Alt with the arrow keys, a table is pasted.
// Without this script each form sends itself and the page comes again.
import { arrange } from "./editor_order.js";
import { watchPaste } from "./editor_paste.js";

const root = document.getElementById("editor");
const form = document.getElementById("part-form");
const kept = document.getElementById("kept");
const { base, busy, lost } = root.dataset;
const frame = document.getElementById("preview");
let timer;
let running = Promise.resolve();

const revisions = () => document.querySelectorAll("input[name=revision]");
const field = (name) => document.getElementById(`${name}-error`);

export function say(text, bad = false) {
  kept.textContent = text;
  kept.classList.toggle("error", bad);
}

// What a deed answers: the new list, what is still to be put right, and whether there is something to undo.
function take(answer) {
  for (const input of revisions()) input.value = answer.revision;
  const list = document.getElementById("draft-list");
  const { activeElement } = document;
  const focus = list.contains(activeElement) && activeElement.id;
  list.innerHTML = answer.list;
  if (focus) document.getElementById(focus)?.focus();
  document.getElementById("draft-faults").innerHTML = answer.faults;
  document.getElementById("undo").disabled = !answer.undo;
  document.getElementById("redo").disabled = !answer.redo;
  const top = frame.contentWindow?.scrollY || 0;
  frame.addEventListener("load", () => frame.contentWindow?.scrollTo(0, top), { once: true });
  frame.contentWindow?.location.reload();
  say(answer.said);
}

// Gives the answer, or null where the page has to go its own way: another's change, a project that moved on.
export async function send(address, content) {
  const answer = await fetch(address, { method: "POST", body: content, headers: { Accept: "application/json" }, redirect: "manual" });
  const json = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : null;
  if (json && answer.ok) take(json);
  return { ok: Boolean(json && answer.ok), status: answer.status, json };
}

async function save() {
  clearTimeout(timer);
  say(busy);
  let answer;
  try {
    answer = await send(form.action, new FormData(form));
  } catch {
    say(lost, true);
    timer = setTimeout(() => (running = running.then(save)), 4000);
    return;
  }
  for (const error of form.querySelectorAll(".error")) error.hidden = true;
  if (answer.ok) return;
  if (!answer.json) {
    form.submit();
    return;
  }
  say(answer.json.detail, true);
  for (const [name, sentence] of Object.entries(answer.json.fields || {})) {
    const place = field(name);
    if (place) Object.assign(place, { textContent: sentence, hidden: false });
    else say(sentence, true);
  }
}

const soon = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(() => (running = running.then(save)), wait);
};

form.addEventListener("input", () => soon(1500));
form.addEventListener("change", (event) => {
  if (event.target.matches(".fact")) event.target.closest(".draft-row").querySelector("[list]")?.setAttribute("list", `values-${event.target.value}`);
  soon(50);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  soon(0);
});

// One more line: the last one again, empty.
form.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  if (!more) return;
  const rows = more.parentElement.querySelector("[data-rows]");
  const line = rows.lastElementChild.cloneNode(true);
  for (const input of line.querySelectorAll("input")) input.value = input.type === "number" && input.name !== "w_minutes" ? "0" : "";
  for (const select of line.querySelectorAll("select")) select.selectedIndex = 0;
  rows.append(line);
  line.querySelector("input:not([type=hidden]), select").focus();
});

// What was typed and not yet kept goes along before the page changes.
async function settled() {
  const waiting = timer;
  clearTimeout(timer);
  timer = undefined;
  if (waiting && form.matches(":has(:focus)")) running = running.then(save);
  await running;
}

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches("input, textarea, select")) return;
  const deed = event.key.toLowerCase() === "z" ? (event.shiftKey ? "redo" : "undo") : event.key.toLowerCase() === "y" ? "redo" : "";
  const button = deed && document.getElementById(deed);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

addEventListener("submit", async (event) => {
  if (event.target === form || event.defaultPrevented || event.target.id === "order") return;
  const { submitter, target } = event;
  event.preventDefault();
  await settled();
  if (submitter?.name) target.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  target.submit();
});

// The phone shows the open step; only the phone scrolls, never this page.
function aim() {
  const step = frame.contentDocument?.getElementById(frame.dataset.step);
  if (step) frame.contentWindow.scrollTo(0, step.getBoundingClientRect().top + frame.contentWindow.scrollY - 60);
}
frame.addEventListener("load", aim, { once: true });
if (frame.contentDocument?.readyState === "complete") aim();

// The list scrolls by itself on a desk: the open part is in sight.
const list = document.getElementById("draft-list");
const here = list.querySelector("[aria-current]");
if (here) list.scrollTop = here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;

arrange(list, base, send, settled);
watchPaste(document.getElementById("paste-form"), settled);
if (form.elements.title?.autofocus) form.elements.title.select();
