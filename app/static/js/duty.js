// The duty-room screen: asks every few seconds, sounds until everything is taken, says aloud when the connection is lost.
const EVERY_MS = 4000, PATIENCE_MS = 8000, RING_MS = 3000;
const words = JSON.parse(document.getElementById("duty-words").textContent);
const list = document.querySelector("[data-list]");
const lost = document.querySelector("[data-lost]");
const hush = document.querySelector("[data-hush]");
const button = document.querySelector("[data-sound]");
const clock = document.querySelector("[data-clock]");
let audio = null, last = list.firstElementChild.dataset.at;

const ringing = () => Number(list.firstElementChild?.dataset.open || 0) > 0;
const sounding = () => audio?.state === "running";

// Two tones, each swelling and fading, so that it carries through a room and does not click.
function ring() {
  if (!sounding() || !ringing()) return;
  for (const [late, pitch] of [[0, 880], [0.35, 660], [0.7, 880]]) {
    const tone = audio.createOscillator(), loud = audio.createGain(), start = audio.currentTime + late;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, start);
    loud.gain.exponentialRampToValueAtTime(0.6, start + 0.05);
    loud.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
    tone.connect(loud).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.32);
  }
  document.body.dataset.rang = String(Number(document.body.dataset.rang || 0) + 1);
}

function show() {
  document.title = document.title.replace(/^\(\d+\) /, "");
  if (ringing()) document.title = `(${list.firstElementChild.dataset.open}) ${document.title}`;
  document.body.classList.toggle("ringing", ringing());
  button.hidden = !window.AudioContext;
  button.setAttribute("aria-pressed", String(sounding()));
  button.querySelector("[data-sound-word]").textContent = sounding() ? words.on : words.off;
  hush.hidden = sounding() || !window.AudioContext;
}

function gone(sentence) {
  lost.hidden = false;
  lost.querySelector("[data-lost-words]").textContent = sentence.replace("{time}", last);
}

async function call(path, form) {
  const options = { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) };
  return fetch(path, form ? { ...options, method: "POST", body: new FormData(form) } : options);
}

// While somebody is about to press a button, or a screen reader reads, only news move anything; ages just count on.
function renew(fresh) {
  const ages = (node) => [...node.querySelectorAll(".since")];
  const news = (node) => [...node.querySelectorAll(".said, .taken li, .hush, .calm")].map((each) => each.textContent).join("\n");
  const old = list.firstElementChild;
  if (news(fresh) !== news(old) || ages(fresh).length !== ages(old).length) return list.replaceChildren(fresh);
  const now = ages(fresh);
  ages(old).forEach((each, number) => each.replaceChildren(...now[number].childNodes));
}

async function look() {
  try {
    const answer = await call("/messages/duty/list");
    // A way to the sign-in page: the session of this screen has ended.
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return gone(words.again);
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("alarms");
    if (!fresh) throw new Error("not this page");
    last = fresh.dataset.at;
    clock.textContent = last;
    lost.hidden = true;
    renew(fresh);
  } catch {
    gone(words.lost);
  }
  show();
}

async function keepLooking() {
  await look();
  setTimeout(keepLooking, EVERY_MS);
}

list.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  form.querySelector("button").disabled = true;
  try {
    await call(form.action, form);
  } catch {
    form.querySelector("button").disabled = false;
  }
  look();
});

button.addEventListener("click", async () => {
  const wanted = !sounding();
  if (!audio) {
    audio = new AudioContext();
    // A screen without loudspeakers, or a browser that takes the sound away again, says so.
    audio.addEventListener("statechange", show);
  }
  await (wanted ? audio.resume() : audio.suspend());
  show();
  ring();
});

show();
setInterval(ring, RING_MS);
setTimeout(keepLooking, EVERY_MS);
