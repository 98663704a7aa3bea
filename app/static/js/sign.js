// A colleague's second signature on this phone, and who is doing the task: claim and take over.
import { uuid } from "./draft.js";
import { call, post } from "./send.js";

export function secondSignature(task, draft, answers) {
  const button = document.getElementById("sign-now");
  if (!button) return;
  const told = document.getElementById("signed");
  const names = draft.data.signatures.map((made) => made.name);
  if (names.length) told.textContent = task.words.signed.replace("{name}", names.join("、"));
  const signer = document.getElementById("signer");
  const pin = document.getElementById("pin");
  const scan = document.getElementById("sign-badge");
  let badge = "";
  signer.addEventListener("change", () => (badge = ""));
  scan.addEventListener("change", async () => {
    const [picture] = scan.files;
    if (!picture) return;
    told.textContent = task.words.badge_reading;
    try {
      const { readBadge } = await import(new URL("./badge.js", import.meta.url).href);
      badge = await readBadge(picture, [scan.dataset.host, location.host]);
    } catch {
      badge = "";
    }
    scan.value = "";
    told.textContent = badge ? task.words.badge_read : task.words.badge_unread;
    if (!badge) return;
    signer.value = "";
    pin.focus();
  });
  button.addEventListener("click", async () => {
    const two = answers.steps.filter((step) => step.applies && step.dual_sign);
    const [steps, release] = [two, two.filter((step) => step.release)].map((some) => some.map((step) => step.id));
    if (!(signer.value || badge) || !pin.value) {
      told.textContent = task.words.signer_and_pin;
      return;
    }
    button.disabled = true;
    const id = uuid();
    const answer = await post("/api/v1/signatures", { id, check: draft.data.id, steps, release, ...(badge ? { badge } : { person: signer.value }), pin: pin.value });
    pin.value = "";
    button.disabled = false;
    const name = answer.body?.signature?.name;
    if (answer.kind === "ok") badge = "";
    if (answer.kind === "ok") draft.save({ signatures: [...draft.data.signatures, { id, name }] });
    told.textContent = answer.kind === "ok" ? task.words.signed.replace("{name}", name) : answer.body?.detail || task.words.sign_later;
  });
}

export function claims(task, draft) {
  const wish = { code: task.code, standard: task.standard, window: task.window };
  const box = document.getElementById("claimed");
  let asked = Boolean(box) || !task.window || draft.data.claimed;
  for (const button of box?.querySelectorAll("[data-reason]") || []) {
    button.addEventListener("click", async () => {
      const id = uuid();
      const answer = await post("/api/v1/claims", { ...wish, id, takeover_reason: button.dataset.reason });
      if (answer.kind === "ok") draft.save({ claimed: id });
      box.querySelector("span").textContent = answer.kind === "ok" ? task.words.yours : answer.body?.detail || task.words.later;
      if (answer.kind === "ok") box.querySelector(".opts").remove();
    });
  }
  const mine = takenOn(task, draft);
  return async function claimOnce() {
    if (asked) return;
    asked = true;
    draft.save({ claimed: uuid() });
    const answer = await post("/api/v1/claims", { ...wish, id: draft.data.claimed, takeover_reason: null });
    if (mine && answer.kind === "ok") mine.hidden = false;
  };
}

// Begun on a colleague's round: it may be given back, so that nobody is held to what one tap has taken on.
function takenOn(task, draft) {
  const box = document.getElementById("taken-on");
  if (!box) return null;
  const [told, button] = [box.querySelector("span"), box.querySelector("button")];
  box.hidden = !("mine" in box.dataset && draft.data.claimed);
  button.addEventListener("click", async () => {
    const answer = await call("DELETE", `/api/v1/claims/${draft.data.claimed}`);
    told.textContent = answer.kind === "ok" ? task.words.given_back : answer.body?.detail || task.words.give_back_later;
    if (answer.kind === "ok") button.parentElement.remove();
  });
  return box;
}
