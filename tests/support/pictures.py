"""Pictures as phones and attackers send them, made on the spot from real encoders."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

LOCATION = b"GPS 39.9042N 116.4074E"


def scene(width=320, height=240, mode="RGB", seed=1):
    """A picture whose upper left quarter is red, so that turning it shows."""
    picture = Image.new("RGB", (width, height), (210, 215 - seed % 50, 200 + seed % 50))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=(200, 20, 20))
    for line in range(6):
        left = (seed * 37 + line * 53) % max(width, 1)
        pen.line((left, height - 1, (left * 7 + seed) % width, height // 2), fill=(20 * line, 60, 90), width=3)
    return picture.convert(mode)


def saved(picture, form, **options):
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def jpeg(width=320, height=240, seed=1, mode="RGB", **options):
    return saved(scene(width, height, mode, seed), "JPEG", **options)


def grainy(size, side=900):
    """A JPEG of about so many bytes, by as much noise as it takes; no metadata, as a canvas saves it."""
    noise = Image.effect_noise((side, side), 60).convert("RGB")
    kept = b""
    for quality in range(20, 96, 3):
        kept = saved(noise, "JPEG", quality=quality)
        if len(kept) >= size:
            break
    return kept


def png(width=320, height=240, seed=1, mode="RGB", **options):
    return saved(scene(width, height, mode, seed), "PNG", **options)


def webp(width=320, height=240, seed=1, mode="RGB", **options):
    return saved(scene(width, height, mode, seed), "WEBP", **options)


def exif(orientation):
    """An EXIF block with an orientation and words that must not survive."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010E] = LOCATION.decode()
    return block.tobytes()


def moving(form):
    frames = [scene(64, 64, seed=seed) for seed in range(3)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def segment(marker, content):
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def with_segment(picture, marker, content):
    """A JPEG with one more segment directly behind its beginning."""
    return picture[:2] + segment(marker, content) + picture[2:]


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_chunk(picture, name, content):
    """A PNG with one more chunk directly behind IHDR."""
    return picture[:33] + chunk(name, content) + picture[33:]


def png_of_header(width, height, depth=8, colour=2, packed=b"\x78\x9c\x03\x00\x00\x00\x00\x01"):
    """A PNG whose header promises any size."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def png_bomb(side):
    """A few kilobytes that unfold into side x side pixels of nothing."""
    packer = zlib.compressobj(9)
    line = b"\0" * (1 + 3 * side)
    packed = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    return png_of_header(side, side, packed=packed)


def progressive_bomb(width, height, scans):
    """A progressive JPEG that repeats one empty scan over its whole area again and again."""
    plain = saved(Image.new("L", (width, height)), "JPEG", progressive=True, quality=10)
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * scans + plain[-2:]


def heic():
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200


def webm():
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04" + b"\0" * 300


def opened(data):
    return Image.open(BytesIO(data))


def jpeg_of_header(width, height):
    """A small JPEG whose frame promises any size."""
    plain = jpeg(16, 16)
    at = plain.index(b"\xff\xc0")
    return plain[: at + 5] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + plain[at + 9 :]


def webp_of_header(width, height):
    """A small lossy WebP whose frame promises any size."""
    plain = webp(16, 16)
    at = plain.index(b"\x9d\x01\x2a") + 3
    return plain[:at] + width.to_bytes(2, "little") + height.to_bytes(2, "little") + plain[at + 4 :]


# What a camera does to an upright scene before it notes the orientation.
UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
