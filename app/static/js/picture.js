// A photo made small on the phone: long side 1600 pixels, at most 250 kB, upright, without what the camera wrote into it.
// It happens beside the page (js/shrinker.js), so that twelve megapixels do not freeze a slow phone; in the page where that cannot be.

const LONG_SIDE = 1600;
const MOST_BYTES = 250000;
const PATIENCE = 60000;
let worker = null;

// Takes a file or a canvas. A file that no browser can read goes as it is: the server says what is wrong with it.
export async function shrink(source) {
  return (await beside(source).catch(() => null)) || small(source);
}

async function beside(source) {
  if (typeof OffscreenCanvas !== "function") return null;
  const given = source instanceof Blob ? source : await createImageBitmap(source);
  worker ||= new Worker(new URL("./shrinker.js", import.meta.url), { type: "module" });
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => {
      worker = null;
      reject();
    };
    setTimeout(reject, PATIENCE);
  });
  worker.postMessage(given, given === source ? [port2] : [port2, given]);
  return answer;
}

export async function small(source) {
  try {
    const picture = source instanceof Blob ? await read(source) : source;
    const first = drawn(picture, Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height)));
    picture.close?.();
    let best = null;
    for (const [size, quality] of [[1, 0.75], [1, 0.55], [0.75, 0.55], [0.5, 0.45]]) {
      best = await encoded(size === 1 ? first : drawn(first, size), quality);
      if (best && best.size <= MOST_BYTES) break;
    }
    return best && !(best.size >= source.size) ? best : source;
  } catch {
    return source;
  }
}

async function read(file) {
  if (self.createImageBitmap) {
    try {
      return await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      // Older browsers know the function but not the option: an image element turns the picture upright as well.
    }
  }
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await new Promise((resolve, reject) => Object.assign(image, { onload: resolve, onerror: reject }));
  URL.revokeObjectURL(image.src);
  return image;
}

function drawn(picture, scale) {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = self.document ? Object.assign(document.createElement("canvas"), { width, height }) : new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  return canvas;
}

function encoded(canvas, quality) {
  const type = "image/jpeg";
  return canvas.convertToBlob ? canvas.convertToBlob({ type, quality }) : new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}
