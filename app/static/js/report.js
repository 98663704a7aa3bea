// Texts of a half-year report save themselves; when somebody else wrote in the same part first, both texts are shown.
import { button, line } from "./elements.js";

const words = JSON.parse(document.getElementById('report-words').textContent);
const signing = document.getElementById('sign-form');
const PAUSE_MS = 900;
const AGAIN_MS = 5000;
const LONG_MS = 15000;
const boxes = [...document.querySelectorAll('form.report-text')].map(watched);

function watched(form) {
  const box = { form, text: form.elements.text, status: form.querySelector('.saved'), timer: 0, running: null, changed: false };
  form.addEventListener('input', () => {
    box.changed = true;
    later(box, PAUSE_MS);
  });
  box.text.addEventListener('change', () => later(box, 0));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    box.changed = true;
    later(box, 0);
  });
  return box;
}

function later(box, wait) {
  clearTimeout(box.timer);
  box.timer = setTimeout(() => save(box), wait);
}

function say(box, text, bad = false) {
  box.status.textContent = text;
  box.status.classList.toggle('error', bad);
}

function save(box) {
  if (!box.running && box.changed) {
    box.changed = false;
    box.running = send(box).finally(() => {
      box.running = null;
    });
  }
  return box.running;
}

async function send(box) {
  say(box, words.saving);
  const body = new FormData(box.form);
  const headers = { 'X-CSRF-Token': body.get('csrf_token'), Accept: 'application/json' };
  let wait = PAUSE_MS;
  try {
    const answer = await fetch(box.form.action, { method: 'POST', body, headers, signal: AbortSignal.timeout(LONG_MS) });
    settle(box, answer.status, await answer.json());
  } catch (lost) {
    box.changed = true;
    wait = AGAIN_MS;
    say(box, words.offline, true);
  }
  if (box.changed) later(box, wait);
}

function settle(box, code, answer) {
  box.form.previousElementSibling?.classList.contains('choice') && box.form.previousElementSibling.remove();
  if (code === 200) {
    box.form.elements.revision.value = answer.revision;
    say(box, `${words.saved} ${answer.at}`);
  } else if (code === 409 && answer.now) {
    say(box, '');
    choose(box, answer);
  } else {
    say(box, Object.values(answer.fields ?? {})[0] ?? answer.detail, true);
  }
}

// Neither text is lost: the other one stands above, and a tap decides which of the two goes on.
function choose(box, { detail, now }) {
  const note = document.createElement('div');
  note.className = 'note due choice';
  note.setAttribute('role', 'alert');
  const inner = note.appendChild(line('div', '', 'stack'));
  inner.append(line('p', detail), line('p', now.text, 'quote'), button(words.mine, () => {
    box.form.elements.revision.value = now.revision;
    box.changed = true;
    save(box);
  }), button(words.theirs, () => {
    box.form.elements.revision.value = now.revision;
    box.text.value = now.text;
    note.remove();
  }));
  box.form.before(note);
}

// What is still being written is kept first; the signature stands under the texts as they are on this page.
signing?.addEventListener('submit', async (event) => {
  event.preventDefault();
  for (const box of boxes) {
    clearTimeout(box.timer);
    await box.running;
    await save(box);
  }
  if (boxes.some((box) => box.changed) || document.querySelector('.choice')) return;
  const [frozen] = signing.elements.seen.value.split(';').slice(-1);
  const revisions = boxes.map(({ form }) => `${form.elements.part.value}:${form.elements.revision.value}`);
  signing.elements.seen.value = [...revisions, frozen].join(';');
  signing.submit();
});

window.addEventListener('online', () => boxes.forEach((box) => later(box, 0)));
