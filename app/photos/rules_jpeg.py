"""JPEG by its segments: header read, metadata and trailing bytes cut, picture data untouched; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.photos.rules import JPEG, MAX_SCAN_SAMPLES, MAX_SCANS, MAX_SEGMENTS, Cut, Unfit, Verdict, check_pixels
from app.photos.rules_exif import UPRIGHT, orientation_in
from app.photos.rules_pieces import Piece, slices

MAGIC = b"\xff\xd8\xff"
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
PROGRESSIVE = 0xC2
FRAMES = (0xC0, 0xC1, PROGRESSIVE)
OTHER_FRAMES = (0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
TABLES = (0xC4, 0xDB, 0xDD)
JFIF, EXIF, ADOBE = 0xE0, 0xE1, 0xEE
PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
ADOBE_BYTES = 12
CMYK_COMPONENTS = 4
USUAL_SCANS = 12
# Inside picture data FF is followed by 00, a restart mark or more FF; everything else begins the next segment.
_NEXT_SEGMENT = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


@dataclass
class _Frame:
    progressive: bool
    height: int
    width: int
    components: int
    samples: int


@dataclass
class _Walk:
    data: bytes
    pieces: list[Piece] = field(default_factory=lambda: [(0, 2)])
    frame: _Frame | None = None
    scans: int = 0
    orientation: int = UPRIGHT
    colour_marks: set[int] = field(default_factory=set)


def cut_jpeg(data: bytes) -> Cut:
    """Keep tables, frame and scans; cut EXIF, GPS, XMP, thumbnails, comments, profiles and whatever follows the end."""
    walk = _Walk(data)
    for marker, start, end in _segments(data):
        _take(walk, marker, start, end)
    frame = walk.frame
    if frame is None or walk.scans == 0:
        raise Unfit(Verdict.DAMAGED)
    _check_cost(frame, walk.scans)
    plain = frame.components != CMYK_COMPONENTS and walk.scans <= USUAL_SCANS
    return Cut(JPEG, slices(data, walk.pieces), frame.width, frame.height, walk.orientation, remake=not plain)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment up to the end mark; a scan reaches to the end of its picture data."""
    at = 2
    for _ in range(MAX_SEGMENTS):
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        head = data[at : at + 4]
        if len(head) < 2 or head[0] != 0xFF:
            break
        if head[1] == EOI:
            yield EOI, at, at + 2
            return
        end = at + 2 + int.from_bytes(head[2:], "big")
        if head[1] < 0xC0 or 0xD0 <= head[1] <= SOI or end < at + 4 or end > len(data):
            break
        if head[1] == SOS:
            following = _NEXT_SEGMENT.search(data, end)
            if following is None:
                break
            end = following.start()
        yield head[1], at, end
        at = end
    raise Unfit(Verdict.DAMAGED)


def _take(walk: _Walk, marker: int, start: int, end: int) -> None:
    if marker in OTHER_FRAMES:
        raise Unfit(Verdict.NOT_A_PICTURE)
    if marker == EXIF and walk.orientation == UPRIGHT:
        walk.orientation = orientation_in(walk.data[start + 4 : end])
    if marker in (JFIF, ADOBE) and marker not in walk.colour_marks:
        _take_colour_mark(walk, marker, start, end)
    if marker in FRAMES:
        if walk.frame is not None:
            raise Unfit(Verdict.DAMAGED)
        walk.frame = _frame(walk.data[start:end])
    if marker == SOS:
        walk.scans += 1
    if marker in (*FRAMES, *TABLES, SOS, EOI):
        walk.pieces.append((start, end))


def _take_colour_mark(walk: _Walk, marker: int, start: int, end: int) -> None:
    """JFIF and Adobe say how colours are coded; only that much of them is kept."""
    content = walk.data[start + 4 : end]
    if marker == JFIF and content.startswith(b"JFIF\0"):
        is_plain = walk.data[start:end] == PLAIN_JFIF
        walk.pieces.append((start, end) if is_plain else PLAIN_JFIF)
        walk.colour_marks.add(marker)
    elif marker == ADOBE and content.startswith(b"Adobe") and len(content) >= ADOBE_BYTES:
        walk.pieces.append(b"\xff\xee\x00\x0e" + content[:ADOBE_BYTES])
        walk.colour_marks.add(marker)


def _frame(segment: bytes) -> _Frame:
    """The frame header (ITU-T T.81, B.2.2)."""
    count = segment[9] if len(segment) > 9 else 0
    if len(segment) < 10 + 3 * count or count not in (1, 3, 4):
        raise Unfit(Verdict.DAMAGED)
    if segment[4] != 8:
        raise Unfit(Verdict.NOT_A_PICTURE)
    sampling = [(factor >> 4, factor & 15) for factor in segment[11 : 10 + 3 * count : 3]]
    if any(not (1 <= across <= 4 and 1 <= down <= 4) for across, down in sampling):
        raise Unfit(Verdict.DAMAGED)
    height, width = int.from_bytes(segment[5:7], "big"), int.from_bytes(segment[7:9], "big")
    most = max(across for across, _ in sampling) * max(down for _, down in sampling)
    samples = width * height * sum(across * down for across, down in sampling) // most
    return _Frame(segment[1] == PROGRESSIVE, height, width, count, samples)


def _check_cost(frame: _Frame, scans: int) -> None:
    """A picture of several scans is held whole (two bytes a sample) and gone through once for each."""
    held = 2 * frame.samples if frame.progressive or scans > 1 else 0
    check_pixels(frame.width, frame.height, held)
    if scans > MAX_SCANS or scans * frame.samples > MAX_SCAN_SAMPLES:
        raise Unfit(Verdict.TOO_MANY_PIXELS)
