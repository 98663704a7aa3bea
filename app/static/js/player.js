// Plays recordings and reads texts out, one thing at a time, in order.

const player = new Audio();
let heard = null;
let turn = 0;

export function chinese() {
  return (window.speechSynthesis?.getVoices() || []).some((voice) => /^(zh|cmn|yue)/i.test(voice.lang));
}

// Without a network from what this phone keeps of the round, whole: players ask workers for pieces.
async function playable({ address, person }) {
  if (navigator.onLine || !person || !window.caches) return address;
  const kept = await caches.match(address, { cacheName: `private-${person}`, ignoreVary: true });
  return kept ? URL.createObjectURL(await kept.blob()) : address;
}

// Resolves when it has been heard to its end, or cannot be.
function one(source) {
  return new Promise((ended) => {
    if (source.text) {
      const words = Object.assign(new SpeechSynthesisUtterance(source.text), { lang: "zh-CN", rate: 0.9, onend: ended, onerror: ended });
      speechSynthesis.speak(words);
      return;
    }
    player.onended = player.onerror = ended;
    playable(source).then((address) => {
      player.src = address;
      player.play().catch(ended);
    });
  });
}

// Each source is { address, person } or { text }; the same button again stops it.
export async function play(button, sources) {
  const again = heard === button;
  hush();
  if (again) return;
  heard = button;
  button.setAttribute("aria-pressed", "true");
  const mine = turn;
  for (const source of sources) if (mine === turn) await one(source);
  if (mine === turn) hush();
}

export function hush() {
  turn += 1;
  heard?.setAttribute("aria-pressed", "false");
  heard = null;
  player.pause();
  window.speechSynthesis?.cancel();
}
