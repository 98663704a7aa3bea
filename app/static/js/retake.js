// Photos taken again: made small, kept, sent through the outbox. Where the phone keeps nothing, the form goes as it stands.
import { remember, stamp, uuid } from "./draft.js";
import { enqueue, flush } from "./outbox.js";
import { shrink } from "./picture.js";

const { person } = document.documentElement.dataset;
const PATIENCE = 8000;

async function taken(file) {
  const picture = await shrink(file);
  const one = { id: uuid(), kind: "photo", type: picture.type || "image/jpeg", taken: stamp(), source: "file", sent: false };
  await remember(one.id, await picture.arrayBuffer());
  return one;
}

async function keep(form) {
  const [, check] = /checks\/([^/]+)\/retake$/.exec(form.action);
  const media = await Promise.all([...form.querySelector(".file").files].map(taken));
  const id = uuid();
  const body = { id, step: form.elements.step.value, photos: media.map((one) => one.id), reason: "retake" };
  const point = document.querySelector("h1").textContent;
  await enqueue({ id, person, code: "", kind: "retake", check, point, title: form.dataset.title, body, media });
  form.querySelector("button").disabled = true;
  const { kind } = await Promise.race([flush({ person, eager: true }), new Promise((resolve) => setTimeout(resolve, PATIENCE, {}))]);
  if (kind === "ok") location.reload();
  else if (kind === "refused") location.href = "/outbox";
  else form.replaceChildren(form.dataset.kept);
}

addEventListener("submit", (event) => {
  const form = event.target.closest(".retake");
  if (!form) return;
  event.preventDefault();
  keep(form).catch(() => form.submit());
});
