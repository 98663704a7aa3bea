// Records a few words: press to begin, press to stop, a minute at most. Loaded at the first press, not with the page.

const MOST_MS = 60000;
const LEAST_MS = 400;
// What iPhones play too comes first; 24 kbit/s are plenty for a voice, a minute is 180 kB.
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
let running = null;

// Ends what is being recorded, as a second press does.
export function finish() {
  running?.stop();
}

// Shows time and level on the pressed element. Answers { blob, seconds }, null when stopped at once; rejects when the phone gives no microphone.
export async function record(label, words) {
  if (running) {
    const mine = running.label === label;
    running.stop();
    if (mine) return null;
  }
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: true } });
  const type = TYPES.find((each) => MediaRecorder.isTypeSupported?.(each));
  const recorder = new MediaRecorder(stream, { ...(type && { mimeType: type }), audioBitsPerSecond: 24000 });
  const pieces = [];
  recorder.ondataavailable = (event) => event.data.size && pieces.push(event.data);
  const ended = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  const began = performance.now();
  const stop = () => recorder.state !== "inactive" && recorder.stop();
  const mine = { label, stop };
  running = mine;
  const hide = shown(label, words, stream, began, stop);
  document.addEventListener("visibilitychange", stop);
  recorder.start(1000);
  await ended;
  document.removeEventListener("visibilitychange", stop);
  hide();
  for (const track of stream.getTracks()) track.stop();
  if (running === mine) running = null;
  const took = performance.now() - began;
  if (took < LEAST_MS || !pieces.length) return null;
  return { blob: new Blob(pieces, { type: recorder.mimeType || type || "audio/webm" }), seconds: Math.max(1, Math.round(took / 1000)) };
}

function shown(label, words, stream, began, stop) {
  const word = label.querySelector("span");
  const before = word.textContent;
  const level = meter(stream);
  const timer = setInterval(() => {
    const took = performance.now() - began;
    word.textContent = `${words.stop} ${clock(took / 1000)}`;
    label.style.setProperty("--level", level.read());
    if (took >= MOST_MS) stop();
  }, 120);
  word.textContent = `${words.stop} 0:00`;
  label.classList.add("on");
  return () => {
    clearInterval(timer);
    level.close();
    label.classList.remove("on");
    word.textContent = before;
  };
}

export function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

// How loud it is, 0 to 1; always half where the phone cannot tell.
function meter(stream) {
  try {
    const context = new (window.AudioContext || window.webkitAudioContext)();
    const ear = context.createAnalyser();
    const wave = new Uint8Array(ear.fftSize);
    context.createMediaStreamSource(stream).connect(ear);
    return {
      read() {
        ear.getByteTimeDomainData(wave);
        return Math.min(1, wave.reduce((most, each) => Math.max(most, Math.abs(each - 128)), 0) / 64).toFixed(2);
      },
      close: () => context.close(),
    };
  } catch {
    return { read: () => "0.5", close() {} };
  }
}
