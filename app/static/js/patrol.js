// Continuous mode: scan, one tap, next. What one tap may confirm is kept in the outbox; all else opens its own page.
import { stamp } from "./draft.js";
import { done } from "./joy.js";
import { enqueue, flush, items } from "./outbox.js";
import { call } from "./send.js";
import { submission, together } from "./together.js";

const KEY = "dabiao:patrol";
const REMEMBERED_MS = 12 * 3600000;
const PATIENCE = 4000;

export class Patrol {
  constructor(page, say, settled) {
    Object.assign(this, { page, say, settled, open: false });
    this.card = document.getElementById("patrol-card");
    this.word = document.getElementById("patrol-word");
    this.switch = document.getElementById("patrol");
    if (!this.switch) return;
    const wish = new URLSearchParams(location.search).get("patrol");
    this.switch.checked = wish === null ? remembered() : wish === "1";
    remember(this.switch.checked);
    this.switch.addEventListener("change", () => this.turn(this.switch.checked));
    for (const [id, deed] of [["fine", () => this.confirm()], ["skip", () => this.close()]]) {
      document.getElementById(`patrol-${id}`).addEventListener("click", deed);
    }
    this.list();
  }

  turn(on) {
    remember(on);
    this.list();
  }

  // True when the card stands on the screen now and the scanner stays where it is.
  async takes(code, via) {
    if (!this.switch?.checked) return false;
    // Still before the label that a scan alone confirmed: nothing more is asked there.
    if (code === this.walked) {
      this.settled();
      return true;
    }
    this.walked = null;
    this.open = true;
    const [found, sent] = await Promise.all([pointOf(code, this.page.person), items(this.page.person)]);
    const fetched = found || { point: { label_code: code, name: this.page.words.unknown }, open: [] };
    const now = Date.now();
    const open = fetched.open.filter((each) => each.may_submit && new Date(each.opens || each.start) <= now && now <= new Date(each.expire || each.grace_end));
    const left = open.filter((each) => !sent.some(({ body }) => body.code === code && body.standard === each.standard && body.window === each.window));
    this.show(fetched.point, open, left, { code, via });
    // One tick and nothing else: being there is all that is asked, and the scan says so.
    if (via === "scan" && this.task && !fetched.point.asks && together(this.task.slot).length === 1) {
      this.walked = code;
      await this.confirm();
    }
    return true;
  }

  show(point, open, left, { code, via }) {
    const { words } = this.page;
    // Where the tag of the place is asked for, the tag leads to the page: a scan of the label cannot stand for it.
    const one = left.length === 1 && point.asks !== "tag" && together(left[0]) ? left[0] : null;
    this.task = one && { point, slot: one, code, via, opened: stamp() };
    document.getElementById("patrol-name").textContent = point.name;
    document.getElementById("patrol-what").textContent = left.length
      ? left.map((each) => each.label || each.title).join(" · ")
      : open.length ? words.already : words.nothing_due;
    document.getElementById("patrol-fine").hidden = !one;
    const how = document.getElementById("patrol-how");
    how.hidden = Boolean(one) || !left.length;
    how.textContent = how.dataset[point.asks === "tag" ? "tag" : "more"];
    this.word.value = "";
    this.word.parentElement.hidden = !one || point.asks !== "word";
    const link = document.getElementById("patrol-open");
    link.href = `/p/${code}?via=${via}`;
    link.classList.toggle("primary", !one && left.length > 0);
    this.card.classList.add("open");
    this.card.querySelector("h2").focus();
  }

  async confirm() {
    const { point, slot, code } = this.task;
    const body = submission(this.page.person, { ...this.task, secret: this.word.value.trim() });
    const item = { id: body.id, person: this.page.person, code, point: point.name, title: slot.label || slot.title, body, kind: "check", media: [] };
    try {
      await enqueue(item);
    } catch {
      return this.say(this.page.words.not_kept, "bad");
    }
    done();
    this.close();
    this.say(this.page.words.kept.replace("{name}", point.name), "ok");
    await this.list();
    await flush({ person: this.page.person });
    await this.list();
  }

  close() {
    this.open = false;
    this.card.classList.remove("open");
    this.settled();
  }

  // What was confirmed from here today, newest first, with its state in words.
  async list() {
    const box = document.getElementById("patrol-done");
    box.hidden = !this.switch.checked;
    const today = stamp().slice(0, 10);
    const own = (await items(this.page.person)).filter(({ kind, body }) => kind === "check" && body.submitted_at.startsWith(today));
    document.getElementById("patrol-count").textContent = this.page.words.count.replace("{n}", own.length);
    const lines = own.sort((one, other) => (one.body.submitted_at < other.body.submitted_at ? 1 : -1)).map((item) => {
      const line = document.createElement("li");
      const name = Object.assign(document.createElement("span"), { textContent: item.point, lang: "zh-CN" });
      const state = Object.assign(document.createElement("span"), { className: "muted small", textContent: `${item.body.submitted_at.slice(11, 16)} · ${this.page.words[`${item.state}_state`]}` });
      line.append(name, state);
      return line;
    });
    document.getElementById("patrol-list").replaceChildren(...lines);
  }
}

function remembered() {
  try {
    return Date.now() - Number(localStorage.getItem(KEY) || 0) < REMEMBERED_MS;
  } catch {
    return false;
  }
}

function remember(on) {
  try {
    if (on) localStorage.setItem(KEY, Date.now());
    else localStorage.removeItem(KEY);
  } catch {
    // Forbidden: the mode holds as long as the page.
  }
}

// The point out of the round in the pocket, else from the server, else null.
async function pointOf(code, person) {
  try {
    const kept = await (await caches.open(`private-${person}`)).match("/api/v1/today");
    const found = (await kept?.json())?.points.find((each) => each.point.label_code === code);
    if (found) return found;
  } catch {
    // No cache here, or nothing readable in it.
  }
  const asked = call("GET", `/api/v1/points/${code}`);
  const { kind, body } = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE, {}))]);
  return kind === "ok" ? body : null;
}
