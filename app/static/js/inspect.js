// An item of an inspection saves itself while it is filled in; when somebody else saved it first, both texts are shown.
import { button, line } from "./elements.js";

const form = document.getElementById('item-form');
const status = document.getElementById('saved');
const words = JSON.parse(document.getElementById('item-words').textContent);
const PAUSE_MS = 900;
const AGAIN_MS = 5000;
let timer = 0;
let running = false;
let changed = false;

const later = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
};

const say = (text, bad = false) => {
  status.textContent = text;
  status.classList.toggle('error', bad);
};

async function save() {
  if (running || !changed) return;
  running = true;
  changed = false;
  say(words.saving);
  const body = new FormData(form);
  let wait = 0;
  try {
    const headers = { 'X-CSRF-Token': body.get('csrf_token'), Accept: 'application/json' };
    const answer = await fetch(form.dataset.save, { method: 'POST', body, headers });
    settle(answer.status, await answer.json());
  } catch (lost) {
    changed = true;
    wait = AGAIN_MS;
    say(words.offline, true);
  }
  running = false;
  if (changed) later(wait || PAUSE_MS);
}

function settle(code, answer) {
  if (code === 200) {
    form.elements.revision.value = answer.revision;
    say(`${words.saved} ${answer.at}`);
    document.getElementById('choice')?.remove();
  } else if (code === 409 && answer.now) {
    say('');
    choose(answer);
  } else {
    const [field, sentence] = Object.entries(answer.fields ?? {})[0] ?? ['', answer.detail];
    say(sentence, true);
    form.elements[field]?.setAttribute?.('aria-invalid', 'true');
  }
}

// Neither text is lost: the other one stands above, and a tap decides which of the two goes on.
function choose({ detail, now }) {
  document.getElementById('choice')?.remove();
  const box = document.createElement('section');
  box.id = 'choice';
  box.className = 'note due';
  box.setAttribute('role', 'alert');
  const inner = box.appendChild(document.createElement('div'));
  inner.className = 'stack';
  inner.append(line('p', detail));
  for (const text of [now.fact, now.record]) if (text) inner.append(line('p', text, 'quote'));
  inner.append(button(words.mine, () => {
    form.elements.revision.value = now.revision;
    changed = true;
    save();
  }), button(words.theirs, () => location.reload()));
  form.before(box);
}

form.addEventListener('input', (event) => {
  event.target.removeAttribute('aria-invalid');
  changed = true;
  later(PAUSE_MS);
});
form.addEventListener('change', () => later(0));
form.addEventListener('submit', () => clearTimeout(timer));
window.addEventListener('online', () => later(0));
