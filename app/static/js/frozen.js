// What is sent, made once when the person presses the button: the protocol's body, and the outbox item around it.
import { stamp } from "./draft.js";

// The word of the day as typed, or what the tag of the place gave (js/work.js).
function secret(form, draft) {
  const said = form.elements.secret?.value.trim() || draft.data.secret;
  return said ? { secret: said } : {};
}

export function record({ form, draft, task, photos, answers }, extra) {
  return {
    id: draft.data.id,
    person: task.person,
    code: task.code,
    standard: task.standard,
    window: task.window,
    profile: task.profile,
    outcome: "done",
    unable_reason: null,
    opened_at: draft.data.opened_at,
    submitted_at: stamp(),
    elapsed_ms: draft.elapsed(),
    via: form.elements.via.value,
    via_reason: null,
    late_reason: form.querySelector('[name="late_reason"]:checked')?.value ?? null,
    note: form.elements.note.value.trim() || null,
    photos: photos.of("photos").map((photo) => photo.id),
    files: photos.of("files").map((memo) => memo.id),
    facts: answers.asked(),
    answers: [],
    signatures: draft.data.signatures.map((made) => made.id),
    ...secret(form, draft),
    ...extra,
  };
}

// `draft` is what a refused record is mended from.
export function item({ draft, photos }) {
  const { pending, ...data } = draft.data;
  const text = JSON.stringify(pending);
  const point = document.querySelector("h1").textContent;
  return {
    id: pending.id,
    person: pending.person,
    code: pending.code,
    point,
    title: document.title.replace(`${point} · `, ""),
    body: pending,
    media: photos.all().filter((photo) => !photo.bad && text.includes(photo.id)),
    address: location.pathname + location.search,
    mends: data.mends,
    draft: { key: draft.key, data },
  };
}
