// A suggestion said instead of written: a press records, the next one puts it into the form; without a microphone the phone's own recorder.
import { finish, record } from "./recorder.js";

const form = document.getElementById("suggest");
const label = form.querySelector(".say");
const input = label.querySelector(".voice");
const heard = document.getElementById("heard");
const away = document.getElementById("away");
const told = document.getElementById("told");
let saying = null;
let sending = false;
let records = Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia && window.DataTransfer);

label.addEventListener("click", async (event) => {
  if (!records) return;
  event.preventDefault();
  told.textContent = "";
  heard.pause();
  saying = Promise.all([saying, take()]);
});
// Whoever sends while still speaking means that too.
form.addEventListener("submit", async (event) => {
  if (!sending && !label.classList.contains("on")) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  finish();
  await saying;
  sending = false;
  event.submitter.click();
});
input.addEventListener("change", show);
away.addEventListener("click", () => {
  input.value = "";
  show();
  input.focus();
});

async function take() {
  try {
    const made = await record(label, { stop: form.dataset.stop });
    if (made) put(made.blob);
  } catch {
    records = false;
    told.textContent = form.dataset.denied;
  }
}

function put(blob) {
  const carried = new DataTransfer();
  carried.items.add(new File([blob], "memo", { type: blob.type }));
  input.files = carried.files;
  show();
}

function show() {
  const [file] = input.files;
  heard.hidden = away.hidden = !file;
  if (heard.src) URL.revokeObjectURL(heard.src);
  if (file) heard.src = URL.createObjectURL(file);
  else heard.removeAttribute("src");
}
