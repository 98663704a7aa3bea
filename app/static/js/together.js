// What one tap may confirm: a window whose applicable steps are all plain ticks (rules EV-4), and the submission it makes.
import { holds } from "./conditions.js";
import { stamp, uuid } from "./draft.js";

// The steps that apply when each is done well, or null when something has to be answered, shown or signed.
export function together(slot) {
  if (slot.confirm !== "together" || slot.known_findings.length || slot.claimed_by) return null;
  const facts = { ...slot.facts };
  const steps = [];
  for (const step of slot.steps) {
    const named = JSON.stringify(step.applies_when || null);
    if (slot.ask_facts.some((fact) => named.includes(`"${fact}"`))) return null;
    if (!holds(step.applies_when, facts)) continue;
    if (step.evidence !== "none" || step.key || step.dual_sign) return null;
    facts[`steps.${step.id}.result`] = "pass";
    steps.push(step.id);
  }
  return steps.length ? steps : null;
}

// The body of the protocol, as the work page makes it (sender.js).
export function submission(person, { slot, code, via, opened, secret }) {
  const now = stamp();
  return {
    id: uuid(), person, code, standard: slot.standard, window: slot.window, profile: null,
    outcome: "done", unable_reason: null, opened_at: opened, submitted_at: now,
    via, via_reason: null, late_reason: null, note: null, photos: [], files: [], facts: {},
    answers: together(slot).map((step) => ({
      step, result: "pass", value: null, inputs: null, choice: null, text: null, note: null, cause: null,
      photos: [], files: [], no_photo_reason: null, fixed: false, after_photos: [], together: true, known: [], answered_at: now,
    })),
    signatures: [],
    ...(secret && { secret }),
  };
}
