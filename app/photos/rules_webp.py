"""WebP by its RIFF chunks: header read, EXIF, XMP, profile and trailing bytes cut, picture data untouched; pure."""

from collections.abc import Iterator

from app.photos.rules import WEBP, Cut, Unfit, Verdict, check_pixels
from app.photos.rules_exif import orientation_in
from app.photos.rules_pieces import Piece, slices

MAX_WEBP_CHUNKS = 200
# libwebp's reader holds the canvas and a copy of it, and the picture is copied out of that (measured).
DECODER_BYTES_A_PIXEL = 14
ALPHA_FLAG = 0x10
START_CODE = b"\x9d\x01\x2a"


def cut_webp(data: bytes) -> Cut:
    """Keep the one frame and its alpha; a moving picture is refused."""
    chunks = list(_chunks(data))
    names = [name for name, _, _ in chunks]
    if b"ANIM" in names or b"ANMF" in names:
        raise Unfit(Verdict.MOVING)
    frames = [(name, data[start + 8 : start + 18]) for name, start, _ in chunks if name in (b"VP8 ", b"VP8L")]
    if len(frames) != 1:
        raise Unfit(Verdict.DAMAGED)
    width, height = _frame_size(*frames[0])
    check_pixels(width, height, DECODER_BYTES_A_PIXEL * width * height)
    exif = next((data[start + 8 : end] for name, start, end in chunks if name == b"EXIF"), b"")
    alpha = [(start, end) for name, start, end in chunks if name == b"ALPH"][:1]
    picture = next((start, end) for name, start, end in chunks if name == frames[0][0])
    body: list[Piece] = [_canvas(width, height), *alpha, picture] if alpha else [picture]
    size = 4 + sum(len(piece) if isinstance(piece, bytes) else piece[1] - piece[0] for piece in body)
    head = b"RIFF" + size.to_bytes(4, "little") + b"WEBP"
    return Cut(WEBP, slices(data, [head, *body]), width, height, orientation_in(exif))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of each chunk within the length that RIFF states."""
    whole = 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data) + 1:
        raise Unfit(Verdict.DAMAGED)
    at = 12
    for _ in range(MAX_WEBP_CHUNKS):
        if at + 8 > min(whole, len(data)):
            return
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if end > whole + 1 or at + 8 + length > len(data):
            break
        yield data[at : at + 4], at, min(end, len(data))
        at = end
    raise Unfit(Verdict.DAMAGED)


def _frame_size(name: bytes, head: bytes) -> tuple[int, int]:
    """Width and height of a lossy (RFC 6386, 9.1) or lossless frame."""
    if name == b"VP8 " and len(head) == 10 and head[3:6] == START_CODE and not head[0] & 1:
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    if name == b"VP8L" and len(head) >= 5 and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise Unfit(Verdict.DAMAGED)


def _canvas(width: int, height: int) -> bytes:
    """A plain extended header: alpha and nothing else."""
    numbers = ((10, 4), (ALPHA_FLAG, 4), (width - 1, 3), (height - 1, 3))
    return b"VP8X" + b"".join(number.to_bytes(size, "little") for number, size in numbers)
