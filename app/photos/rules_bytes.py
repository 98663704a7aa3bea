"""From a body to what is kept of it: which format it is by its own bytes, never by its name; pure."""

from app.photos.rules import Cut, Unfit, Verdict
from app.photos.rules_jpeg import MAGIC as JPEG_MAGIC
from app.photos.rules_jpeg import cut_jpeg
from app.photos.rules_png import MAGIC as PNG_MAGIC
from app.photos.rules_png import cut_png
from app.photos.rules_webp import cut_webp

HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
GIF_MAGIC = (b"GIF87a", b"GIF89a")
SOUND_BRANDS = (
    b"M4A ",
    b"M4B ",
    b"mp41",
    b"mp42",
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"dash",
    b"3gp4",
    b"3gp5",
    b"3gp6",
    b"qt  ",
)


# What recorders of phones write besides: the sync words of bare AAC and MP3.
ADTS_STARTS = (b"\xff\xf1", b"\xff\xf9")
MP3_STARTS = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2")


def cut_picture(data: bytes) -> Cut:
    """What is kept of a picture; raises Unfit with the reason."""
    if data.startswith(JPEG_MAGIC):
        return cut_jpeg(data)
    if data.startswith(PNG_MAGIC):
        return cut_png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return cut_webp(data)
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise Unfit(Verdict.HEIC)
    if data.startswith(GIF_MAGIC):
        raise Unfit(Verdict.MOVING)
    raise Unfit(Verdict.NOT_A_PICTURE)


def cut_sound(data: bytes) -> Cut:
    """A voice memo as it came, under the type that its first bytes show; raises Unfit."""
    return Cut(_sound_type(data), (data,))


def _sound_type(data: bytes) -> str:
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return "audio/webm"
    if data.startswith(b"OggS"):
        return "audio/ogg"
    if data[4:8] == b"ftyp" and data[8:12] in SOUND_BRANDS:
        return "audio/mp4"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[:2] in ADTS_STARTS:
        return "audio/aac"
    if data.startswith(b"ID3") or data[:2] in MP3_STARTS:
        return "audio/mpeg"
    raise Unfit(Verdict.NOT_A_SOUND)
