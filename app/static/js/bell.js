// The bell: how many messages wait to be read, asked for once the page stands and again when it is looked at anew.
const badge = document.querySelector("[data-unread]");
const words = document.querySelector("[data-unread-words]");
const plain = words.textContent;

async function ask() {
  try {
    const answer = await fetch("/messages/count", { headers: { accept: "application/json" }, redirect: "error" });
    if (!answer.ok) return;
    const { unread, words: said } = await answer.json();
    badge.hidden = !unread;
    badge.textContent = unread > 99 ? "99+" : unread;
    words.textContent = unread ? said : plain;
  } catch {
    // Without a network the bell stays as it is.
  }
}

document.addEventListener("visibilitychange", () => document.hidden || ask());
ask();
