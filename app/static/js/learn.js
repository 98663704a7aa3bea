// Steps and questions read aloud by the phone, where it has a Chinese voice; nothing else needs this script.
import { chinese, play } from "./player.js";

const listen = document.querySelector("script[data-listen]").dataset.listen;

function words(node) {
  return [...node.querySelectorAll("[lang=zh-CN]")].map((each) => [...each.childNodes].filter((part) => part.nodeType === Node.TEXT_NODE).map((part) => part.textContent.trim()).join("")).filter(Boolean).join("。");
}

function speakers() {
  if (!chinese()) return;
  const nodes = [...document.querySelectorAll("[data-hear]")];
  for (const node of nodes) {
    if (node.querySelector(".hear")) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "hear" });
    const icon = document.querySelector("svg.i").cloneNode(true);
    icon.firstElementChild.setAttribute("href", icon.firstElementChild.getAttribute("href").replace(/#.*/, "#volume-2"));
    button.append(icon);
    button.setAttribute("aria-label", `${listen}: ${words(node).slice(0, 40)}`);
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => play(button, [{ text: words(node) }]));
    node.append(button);
  }
  const all = document.getElementById("hear-all");
  if (!all) return;
  all.hidden = false;
  all.onclick = () => play(all, nodes.map((node) => ({ text: words(node) })));
}

speakers();
window.speechSynthesis?.addEventListener?.("voiceschanged", speakers);
document.getElementById("errors")?.focus();
