"""Which pages open the scanner, and the decoders that they load when the camera opens, never before."""

# Endpoints whose answers may compile WebAssembly; all others may not (see headers).
SCANNING = frozenset({"pages.enter"})
DECODERS = {
    "zxing": "vendor/zxing_reader-3.1.4.js",
    "module": "vendor/zxing_reader-3.1.4.wasm",
    "jsqr": "vendor/jsQR-1.4.0.js",
}
