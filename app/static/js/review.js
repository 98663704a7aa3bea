// One record at a time by keyboard and by swipe: picks answers in the form that also works without this, and sends it.
import { swipes } from "./swipe.js";

const form = document.getElementById("review");
const steps = [...form.querySelectorAll("[data-step]")];
const send = document.getElementById("send");
const failHere = document.getElementById("fail-here");
const told = document.getElementById("told");
const help = document.getElementById("keys");
const picture = document.getElementById("picture");
const LETTERS = "abcdefgh";
const picked = [];
let at = 0;

const verdictOf = (step) => step.querySelector(".verdicts :checked")?.value ?? "";
const reasonOf = (step) => step.querySelector(`.reasons.${verdictOf(step) || "none"} :checked`);
const wanting = () => steps.find((step) => verdictOf(step) === "fail" && !reasonOf(step));
const fails = () => steps.filter((step) => verdictOf(step) === "fail").length;

function say(words) {
  told.textContent = words;
  told.classList.toggle("sr", !words);
}

function go(index, scroll = true) {
  steps[at].classList.remove("here");
  at = Math.max(0, Math.min(steps.length - 1, index));
  steps[at].classList.add("here");
  if (scroll) steps[at].scrollIntoView({ block: "center" });
}

function paint() {
  const open = steps.some((step) => !verdictOf(step));
  form.classList.toggle("begun", steps.some(verdictOf));
  send.querySelector("span").textContent = fails() ? form.dataset.bad.replace("{n}", fails()) : open && form.classList.contains("begun") ? form.dataset.rest : form.dataset.fine;
  for (const step of steps) step.dataset.verdict = verdictOf(step);
}

function pick(step, verdict) {
  picked.push([step, verdictOf(step)]);
  step.querySelector(`.verdicts [value=${verdict}]`).checked = true;
  say("");
  paint();
  if (verdict === "pass") return go(steps.indexOf(step) + 1);
  go(steps.indexOf(step));
  return step.querySelector(`.reasons.${verdict}`).scrollIntoView({ block: "nearest" });
}

function choose(letter) {
  const step = steps[at];
  const reason = step.querySelectorAll(`.reasons.${verdictOf(step) || "none"} input`)[LETTERS.indexOf(letter)];
  if (!reason) return;
  reason.checked = true;
  say("");
  if (reason.value === "other") step.querySelector(".remark input").focus();
  else go(at + 1);
}

function takeBack() {
  const last = picked.pop();
  if (!last) return document.getElementById("undo")?.requestSubmit();
  const [step, before] = last;
  for (const input of step.querySelectorAll(".verdicts input")) input.checked = input.value === before;
  for (const input of step.querySelectorAll(".reasons input")) input.checked = false;
  paint();
  return go(steps.indexOf(step));
}

function submit() {
  const step = wanting();
  if (!step) return send && form.requestSubmit(send);
  go(steps.indexOf(step));
  say(form.dataset.reason);
  return step.querySelector(".reasons.fail input").focus();
}

function enlarge(link) {
  picture.querySelector("img").src = link.href;
  picture.querySelector("img").alt = link.querySelector("img").alt;
  picture.showModal();
}

const KEYS = {
  1: () => pick(steps[at], "pass"),
  2: () => pick(steps[at], "fail"),
  3: () => pick(steps[at], "unseen"),
  ArrowUp: () => go(at - 1),
  ArrowDown: () => go(at + 1),
  ArrowLeft: () => document.querySelector("a[rel=prev]")?.click(),
  ArrowRight: () => document.querySelector("a[rel=next]")?.click(),
  Enter: submit,
  z: takeBack,
  i: () => {
    const link = steps[at].querySelector(".these a, .thumb a");
    if (link) enlarge(link);
  },
  "?": () => {
    help.open = !help.open;
    if (help.open) help.scrollIntoView({ block: "end" });
  },
};

const typing = (target) => target.matches("input:not([type=radio]), textarea, select");

function onKey(event) {
  // Enter also ends a word being composed; a key held down must not send record after record.
  if (event.repeat && event.key === "Enter") event.preventDefault();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || picture.open) return;
  if (typing(event.target) && event.key !== "Enter") return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const deed = KEYS[key] ?? (LETTERS.includes(key) && key.length === 1 ? () => choose(key) : null);
  if (!deed || (!send && "123zEnter".includes(key))) return;
  event.preventDefault();
  deed();
}

if (send) {
  failHere.hidden = false;
  failHere.addEventListener("click", () => pick(steps[at], "fail"));
  form.addEventListener("submit", (event) => {
    if (!wanting()) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("change", (event) => {
    const step = event.target.closest("[data-step]");
    if (event.target.name?.endsWith(".verdict")) go(steps.indexOf(step), false);
    say("");
    paint();
  });
  swipes(form, form.querySelector("ol"), { right: submit, left: () => pick(steps[at], "fail") });
  paint();
}
document.addEventListener("keydown", onKey);
form.addEventListener("click", (event) => {
  const link = event.target.closest(".thumb a");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  enlarge(link);
});
// On a phone the step in the middle of the screen is the one in front.
if (matchMedia("(pointer: coarse)").matches) {
  const middle = new IntersectionObserver((seen) => {
    const step = seen.find((each) => each.isIntersecting)?.target;
    if (step) go(steps.indexOf(step), false);
  }, { rootMargin: "-45% 0px -45% 0px" });
  for (const step of steps) middle.observe(step);
}
go(0, false);
