// The page without a network: whose turn it is, what the round on this phone knows of the place, and a way on.
import { address, bareCode } from "./address.js";
import { clock } from "./due.js";
import { TODAY, isOwn, privateName, whose } from "./person.js";
import { all } from "./store.js";

const words = JSON.parse(document.getElementById("words").textContent);
const at = (id) => document.getElementById(id);

// Windows that can still be done, as lines: what they are, where they lead, when.
function lines({ points }, items) {
  const now = new Date().toISOString();
  const later = (instant) => instant && new Date(instant).toISOString() > now;
  const found = [];
  for (const { point, open } of points) {
    for (const each of open) {
      if (!point.label_code || !each.may_submit || !later(each.expire || each.grace_end)) continue;
      const named = new URLSearchParams({ standard: each.standard, window: each.window, via: "list" });
      const kept = items.some(({ state, body }) => state !== "aside" && body?.window === each.window && body.code === point.label_code && body.standard === each.standard);
      const when = kept ? "kept" : later(each.opens || each.start) ? "from" : later(each.grace_end) ? "by" : "over";
      found.push({ point, each, when, href: `/p/${point.label_code}?${named}` });
    }
  }
  return found.sort((a, b) => (a.when === "kept") - (b.when === "kept") || a.each.end.localeCompare(b.each.end));
}

function show(list, { point, each, when, href }) {
  const line = at("line").content.cloneNode(true);
  const link = line.querySelector("a");
  link.href = href;
  link.classList.add(point.zone);
  link.classList.toggle("now", when === "by");
  line.querySelector("strong").textContent = point.name;
  line.querySelector(".small").textContent = [point.floor === "G" ? "" : point.floor, each.label || each.title].filter(Boolean).join(" · ");
  const chip = line.querySelector(".chip");
  chip.className = `chip ${{ by: "due", over: "bad", kept: "ok", from: "mute" }[when]}`;
  chip.lastElementChild.textContent = words[when].replace("{time}", clock(when === "from" ? each.start : each.end));
  list.append(line);
}

// The one window that is due here opens at once; several are there to choose from.
function enter(found) {
  const due = found.filter(({ when }) => when === "by" || when === "over");
  if (due.length === 1) {
    const asked = new URLSearchParams(location.search);
    const via = asked.get("via") || "scan";
    const tag = asked.get("t");
    return location.replace(due[0].href.replace("via=list", `via=${via}`) + (tag ? `&t=${encodeURIComponent(tag)}` : ""));
  }
  at("head").textContent = found[0].point.name;
  at("why").hidden = true;
  at("round-title").textContent = due.length ? words.several : words.nothing;
}

async function start() {
  const again = new URL(location.href);
  again.searchParams.set("wait", "1");
  at("again").href = again.pathname + again.search;
  const { person } = await whose();
  if (!person) {
    at("head").textContent = words.signed_out;
    at("why").textContent = words.sign_in;
    return;
  }
  const kept = await caches.match(TODAY, { cacheName: privateName(person), ignoreVary: true });
  const code = bareCode(location.href);
  at("own").hidden = false;
  const items = (await all("items")).filter((item) => item.person === person);
  const found = kept ? lines(await kept.json(), items) : [];
  const here = found.filter(({ point }) => point.label_code === code);
  if (here.length) enter(here);
  else at("here").hidden = !found.length || location.pathname === "/" || location.pathname === "/offline";
  for (const each of here.length ? here : found) show(at("round"), each);
  at("none").hidden = found.length > 0;
  at("round-title").hidden = !found.length;
}

function reload() {
  if (!document.getElementById("code").value) location.reload();
}

// The page came after all, late: the service worker keeps it and says so.
if (typeof BroadcastChannel === "function") {
  new BroadcastChannel("dabiao-pages").onmessage = ({ data }) => data === address(location.href) && reload();
}
// A browser says that it is online as soon as there is any radio; the server's own answer counts.
addEventListener("online", async () => {
  const answer = await fetch("/api/v1/session", { cache: "no-store" }).catch(() => null);
  if (answer && isOwn(answer)) reload();
});
start();
