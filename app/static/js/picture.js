// A photo made small on the phone: long side 1600 pixels, at most 250 kB, upright, without what the camera wrote into it.

const LONG_SIDE = 1600;
const MOST_BYTES = 250000;

// Takes a file or a canvas. A file that no browser can read goes as it is: the server says what is wrong with it.
export async function shrink(source) {
  try {
    const picture = source instanceof HTMLCanvasElement ? source : await read(source);
    const small = drawn(picture, Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height)));
    picture.close?.();
    let best = null;
    for (const [size, quality] of [[1, 0.75], [1, 0.55], [0.75, 0.55], [0.5, 0.45]]) {
      best = await encoded(size === 1 ? small : drawn(small, size), quality);
      if (best && best.size <= MOST_BYTES) break;
    }
    return best && !(best.size >= source.size) ? best : source;
  } catch {
    return source;
  }
}

async function read(file) {
  if (window.createImageBitmap) {
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
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encoded(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
