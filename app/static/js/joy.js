// A short tone and a tap of the phone when something is done. Muted on this phone: no tone; with reduced motion: no tap.

const MUTED = "dabiao:muted";
const DONE_MS = 320;

export function muted() {
  try {
    return localStorage.getItem(MUTED) === "1";
  } catch {
    return false;
  }
}

export function mute(on) {
  try {
    localStorage.setItem(MUTED, on ? "1" : "0");
  } catch {
    // Nothing can be kept here: the choice lasts as long as the page.
  }
}

function tone(notes) {
  if (muted()) return;
  try {
    const context = new (window.AudioContext || window.webkitAudioContext)();
    const volume = context.createGain();
    volume.connect(context.destination);
    notes.forEach((note, index) => {
      const voice = context.createOscillator();
      voice.frequency.value = note;
      voice.connect(volume);
      voice.start(context.currentTime + index * 0.12);
      voice.stop(context.currentTime + index * 0.12 + 0.14);
    });
    volume.gain.setValueAtTime(0.15, context.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + notes.length * 0.14);
    setTimeout(() => context.close(), 1000);
  } catch {
    // A browser without sound: the page says it in words anyway.
  }
}

function tap(pattern) {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) navigator.vibrate?.(pattern);
}

// The last step is ticked: only the button is left.
export function ready() {
  tone([660]);
  tap(30);
}

// Received or kept; resolves when it has been heard, so that the next page may come.
export function done() {
  tone([660, 880]);
  tap([40, 60, 80]);
  return new Promise((resolve) => setTimeout(resolve, muted() ? 0 : DONE_MS));
}
