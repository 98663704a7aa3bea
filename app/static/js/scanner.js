// The scanner page: camera, photo of the code or typing it; opens own labels only, shows foreign ones in plain text.
import { decoder } from "./decode.js";
import { readCode, readLabel } from "./label.js";
import { sendStickers } from "./stickers.js";
import { Refusal, near } from "./refusal.js";
import { Patrol } from "./patrol.js";
import { buzz } from "./stream.js";
import { Viewfinder, cut } from "./viewfinder.js";

const AGAIN = 3000;
const page = JSON.parse(document.getElementById("scan-data").textContent);
const { words } = page;
const hosts = [...page.hosts, location.host.toLowerCase()];
let reading = null;
let last = { text: "", at: 0 };

function reader() {
  reading ||= decoder(page.files).catch((error) => {
    reading = null;
    throw error;
  });
  return reading;
}

const say = (text, kind) => view.tell(text, kind);
const settled = () => {
  last.at = Date.now();
};
const refusal = new Refusal(page, say, settled);
const patrol = new Patrol(page, say, settled);
const view = new Viewfinder({ words, reader, busy: () => refusal.open || patrol.open, seen });

// What stays in view is told once.
async function seen(text) {
  if (text === last.text && Date.now() - last.at < AGAIN) return;
  last = { text, at: Date.now() };
  const read = readLabel(text, hosts);
  if (read.code) await own(read.code, "scan");
  else if (read.badge) leave(`/B/${read.badge}`);
  else if (read.foreign) refusal.show(read.foreign, text);
  else say(words.nonsense, "bad");
}

async function own(code, via) {
  buzz(60);
  near(code);
  say("");
  if (!(await patrol.takes(code, via))) leave(`/p/${code}?via=${via}`);
}

function leave(address) {
  view.rest();
  say(words.found);
  location.assign(address);
}

// A whole photo is looked at small first, then large, then its middle: glare and distance differ.
async function fromPhoto(file) {
  say(words.reading);
  let decode = null;
  try {
    decode = await reader();
    const picture = await createImageBitmap(file);
    const { width, height } = picture;
    for (const [part, most] of [[1, 1000], [1, 2000], [0.5, 1000]]) {
      const middle = [(width * (1 - part)) / 2, (height * (1 - part)) / 2, width * part, height * part];
      const text = await decode(cut(picture, middle, most));
      if (!text) continue;
      last.text = "";
      return await seen(text);
    }
    say(words.nocode, "bad");
  } catch {
    say(decode ? words.nocode : words.unread, "bad");
  }
}

document.getElementById("scan-photo").addEventListener("change", async ({ target }) => {
  if (target.files[0]) await fromPhoto(target.files[0]);
  target.value = "";
});

document.getElementById("scan-type").addEventListener("click", () => document.getElementById("code").focus());

// A typed code is judged here, so that it opens without a network too; the server judges what this script cannot read.
document.querySelector(".code-form").addEventListener("submit", (event) => {
  const code = readCode(event.target.elements.code.value);
  if (!code && navigator.onLine) return;
  event.preventDefault();
  if (code) own(code, "typed");
  else say(words.wrong, "bad");
});

function flushReports() {
  if (page.person) sendStickers(page.person);
}

addEventListener("online", flushReports);
flushReports();
