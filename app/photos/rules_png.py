"""PNG by its chunks: header read, text, EXIF and trailing bytes cut, picture data untouched; pure."""

from collections.abc import Iterator
from zlib import crc32

from app.photos.rules import MAX_CHUNKS, PNG, Cut, Unfit, Verdict, check_pixels
from app.photos.rules_exif import UPRIGHT, orientation_in
from app.photos.rules_pieces import Piece, slices

MAGIC = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset((b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"IDAT", b"IEND"))
MOVING = frozenset((b"acTL", b"fcTL", b"fdAT"))
FRAMING_BYTES = 12
# Colour type -> allowed bit depths (PNG, third edition, table 9).
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
DEEP = 16
# Colour type -> bytes a pixel that the decoder and the step to plain colours hold at once (measured).
DECODER_BYTES_A_PIXEL = {0: 4, 2: 4, 3: 9, 4: 10, 6: 10}
DEEP_GREY_BYTES_A_PIXEL = 10


def cut_png(data: bytes) -> Cut:
    """Keep what draws the picture; cut text, times, EXIF, profiles, private chunks and whatever follows IEND."""
    width, height, depth = _header(data)
    pieces: list[Piece] = [(0, len(MAGIC))]
    orientation = UPRIGHT
    drawn = False
    for name, start, end in _chunks(data):
        if name in MOVING:
            raise Unfit(Verdict.MOVING)
        if name == b"eXIf":
            orientation = orientation_in(data[start + 8 : end - 4])
        if name in KEPT:
            pieces.append((start, end))
        drawn = drawn or name == b"IDAT"
    if not drawn:
        raise Unfit(Verdict.DAMAGED)
    return Cut(PNG, slices(data, pieces), width, height, orientation, remake=depth == DEEP)


def _header(data: bytes) -> tuple[int, int, int]:
    """Width, height and bit depth of IHDR."""
    head = data[8:33]
    if len(head) < 25 or head[:8] != b"\0\0\0\rIHDR" or crc32(head[4:21]) != int.from_bytes(head[21:], "big"):
        raise Unfit(Verdict.DAMAGED)
    width, height = int.from_bytes(head[8:12], "big"), int.from_bytes(head[12:16], "big")
    depth, colour, packing, filtering, interlace = head[16:21]
    if depth not in DEPTHS.get(colour, ()) or packing or filtering or interlace > 1:
        raise Unfit(Verdict.DAMAGED)
    dear = DEEP_GREY_BYTES_A_PIXEL if (depth, colour) == (DEEP, 0) else DECODER_BYTES_A_PIXEL[colour]
    check_pixels(width, height, dear * width * height)
    return width, height, depth


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of each chunk up to IEND."""
    at = len(MAGIC)
    for _ in range(MAX_CHUNKS):
        end = at + FRAMING_BYTES + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if end > len(data) or not name.isalpha() or (name == b"IHDR" and at != len(MAGIC)):
            break
        yield name, at, end
        if name == b"IEND":
            if end - at != FRAMING_BYTES:
                break
            return
        at = end
    raise Unfit(Verdict.DAMAGED)
