// Finds the QR code in a picture: the phone's own detector, else zxing as WebAssembly, else jsQR; all of it local.
// `files` names the addresses of zxing, its module and jsQR.

export async function decoder(files) {
  return (await native()) || (await compiled(files)) || (await plain(files));
}

async function native() {
  try {
    const formats = await window.BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code")) return null;
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue || null;
  } catch {
    return null;
  }
}

async function compiled({ zxing, module }) {
  if (!zxing || typeof WebAssembly !== "object") return null;
  try {
    await script(zxing);
    const { prepareZXingModule, readBarcodes } = window.ZXingWASM;
    await prepareZXingModule({ overrides: { locateFile: () => module }, fireImmediately: true });
    return async (canvas) => {
      const found = await readBarcodes(pixels(canvas), { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 });
      return found[0]?.text || null;
    };
  } catch {
    return null;
  }
}

async function plain({ jsqr }) {
  await script(jsqr);
  // A Wi-Fi's sign-in page in place of the script.
  if (!window.jsQR) throw new Error("no reader");
  return async (canvas) => {
    const { data, width, height } = pixels(canvas);
    return window.jsQR(data, width, height, { inversionAttempts: "attemptBoth" })?.data || null;
  };
}

function pixels(canvas) {
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
}

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    Object.assign(element, { src: address, onload: resolve, onerror: reject });
    document.head.append(element);
  });
}
