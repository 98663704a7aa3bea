// The page on which a crew leader explains steps by voice: a press records, the next one keeps and shows it.
import { record } from "./recorder.js";

const list = document.getElementById("lessons");
const told = document.getElementById("told");
let records = Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia);

for (const input of list.querySelectorAll(".voice")) if (records) input.type = "button";

list.addEventListener("change", (event) => event.target.matches(".voice") && event.target.files.length && event.target.form.submit());
list.addEventListener("click", async (event) => {
  const label = event.target.closest(".say");
  if (!label || !records) return;
  event.preventDefault();
  told.textContent = "";
  let made;
  try {
    made = await record(label, { stop: list.dataset.stop });
  } catch {
    records = false;
    for (const input of list.querySelectorAll(".voice")) input.type = "file";
    told.textContent = list.dataset.denied;
    return;
  }
  if (made) await keep(label.closest("form"), made.blob);
});

async function keep(form, blob) {
  const content = new FormData(form);
  content.set("sound", blob, "lesson");
  try {
    const answer = await fetch(form.action, { method: "POST", body: content, redirect: "manual" });
    if (answer.type !== "opaqueredirect") throw new Error(String(answer.status));
    location.hash = form.elements.step.value;
    location.reload();
  } catch {
    told.textContent = list.dataset.failed;
    told.scrollIntoView({ block: "center" });
  }
}
