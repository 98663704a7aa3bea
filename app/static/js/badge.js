// Reads a colleague's badge from a photo of it; loaded when somebody signs by badge, never before.
import { decoder } from "./decode.js";
import { readLabel } from "./label.js";

const JSQR = new URL("../vendor/jsQR-1.4.0.js", import.meta.url).href;
const SIZES = [1000, 2000, 600];

// The token on the badge, or "". A work page compiles no WebAssembly: the phone's own detector, else jsQR.
export async function readBadge(file, hosts) {
  const decode = await decoder({ jsqr: JSQR });
  const picture = await createImageBitmap(file);
  for (const most of SIZES) {
    const text = await decode(drawn(picture, Math.min(1, most / Math.max(picture.width, picture.height))));
    if (text) return readLabel(text, hosts.map((host) => host.toLowerCase())).badge || "";
  }
  return "";
}

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
