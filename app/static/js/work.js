// A worker's check: ties the form to its draft, its photos and the protocol. Without this script the form is sent as it stands.
import { Answers } from "./answers.js";
import { Draft, stamp } from "./draft.js";
import { watchWindow } from "./due.js";
import { mute, muted, ready } from "./joy.js";
import { Keypad } from "./keypad.js";
import { Mode } from "./mode.js";
import { Photos } from "./photos.js";
import { Sender } from "./sender.js";
import { claims, secondSignature } from "./sign.js";
import { Voice } from "./voice.js";

const task = JSON.parse(document.getElementById("task").textContent);
const { words } = task;
const form = document.getElementById("check");
const button = document.getElementById("submit");
const status = document.getElementById("status");
const rest = form.elements.together;
const draft = new Draft(task);
draft.restore(form);
// A kept page was made for another way in.
const via = new URLSearchParams(location.search).get("via");
form.elements.via.value = ["list", "typed"].includes(via) ? via : "scan";
// The NFC tag of the place leads here with its secret; what was begun before goes on.
const tag = new URLSearchParams(location.search).get("t");
const place = document.getElementById("tag");
if (tag && place) draft.save({ secret: tag });
if (draft.data.secret && place) place.lastElementChild.textContent = place.dataset.read;
const photos = new Photos(form, draft, task, (field, trouble) => {
  touch(field.split(".")[0]);
  if (trouble) say(trouble, true);
});
const answers = new Answers(form, task, photos, draft);
const claimOnce = claims(task, draft);
const sender = new Sender({ task, form, draft, photos, answers, say });

new Keypad(form, words);
const voice = new Voice({ form, draft, photos, task, say });
secondSignature(task, draft, answers);
const mode = new Mode({ form, task, answers, draft });
const sound = document.getElementById("sound");
let left = null;

function say(text, bad = false) {
  status.textContent = text;
  status.classList.toggle("bad", bad);
}

function refresh() {
  const state = answers.refresh();
  const progress = document.getElementById("progress");
  progress.max = state.total || 1;
  progress.value = state.done;
  if (left && !state.missing.length) ready();
  left = state.missing.length;
  button.firstElementChild.textContent = left ? words.to_go.replace("{n}", left) : words.submit;
  if (rest) rest.closest(".together").hidden = !ordinary(state).length;
  return state;
}

function ordinary(state = answers.refresh()) {
  return state.missing.filter(({ step, lack }) => step.ordinary && lack === "answer");
}

function touch(id) {
  if (answers.steps.some((step) => step.id === id)) draft.data.at[id] = stamp();
  draft.capture(form);
  if (!draft.data.pending) say("");
  refresh();
}

function tickRest() {
  const steps = ordinary().map(({ step }) => step);
  for (const step of steps) step.node.querySelector('[value="pass"]').checked = true;
  draft.save({ together: [...draft.data.together, ...steps.map((step) => step.id)] });
  for (const step of steps) draft.data.at[step.id] = stamp();
  rest.checked = false;
  touch("");
}

form.addEventListener("input", (event) => {
  const input = event.target;
  if (input === rest) return tickRest();
  const step = input.closest(".step");
  if (!step) return touch("");
  draft.data.together = draft.data.together.filter((id) => id !== step.id);
  settle(input, step);
  claimOnce();
  touch(step.id);
});

// A chosen value and "does not apply" exclude each other, as two radios would.
function settle(input, step) {
  if (input.value === "not_applicable" && input.type === "checkbox" && input.checked) {
    for (const other of step.querySelectorAll('[name$=".choice"]:checked')) other.checked = false;
  } else if (/\.(choice|value)$/.test(input.name)) {
    const none = step.querySelector('[type="checkbox"][value="not_applicable"]');
    if (none) none.checked = false;
  }
}

form.addEventListener("click", (event) => {
  const quick = event.target.closest(".quick");
  if (!quick) return;
  const area = quick.parentElement.querySelector("textarea");
  area.value = quick.textContent;
  area.dispatchEvent(new Event("input", { bubbles: true }));
});

function jump({ step, lack }) {
  mode.go(step.node);
  step.node.classList.add("missing");
  step.node.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  const target = { photo: ".file", after: ".panel-after .file", note: '[name$=".note"]', why: '[name$=".note"]', cause: '[name$=".cause"]', text: "textarea" }[lack];
  const input = step.node.querySelector(target || "input");
  if (!input.closest(".reading")) input.focus({ preventScroll: true });
  say(`${step.node.querySelector(".step-title").firstChild.textContent.trim()}: ${words[`lack_${lack}`]}`, true);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  voice.before(submit);
});

function submit() {
  const { missing } = refresh();
  if (missing.length) return jump(missing[0]);
  sender.start({ answers: answers.body() });
}

document.querySelector("#unable form").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = "main";
  voice.before(() => sender.start({ outcome: "unable", unable_reason: event.submitter.value, signatures: [] }));
});

sound.setAttribute("aria-pressed", String(!muted()));
sound.addEventListener("click", () => {
  mute(!muted());
  sound.setAttribute("aria-pressed", String(!muted()));
  ready();
});

watchWindow(words);
addEventListener("online", () => sender.send());
document.addEventListener("visibilitychange", () => (document.hidden ? draft.capture(form) : sender.send()));
addEventListener("pagehide", () => draft.capture(form));
refresh();
sender.send();
photos.flush();
