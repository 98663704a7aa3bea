"""What counts as a picture or voice memo we take: types, limits, verdicts and the record kept with each; pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.refusals import Invalid, Refusal, TooLarge, Unsupported
from app.web.words import lazy

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PICTURE_TYPES = (JPEG, PNG, WEBP)

# One cap for every format, read from the header before anything is decoded.
MAX_PIXELS = 40_000_000
MAX_SIDE_PX = 16_384
# What the decoder may have to hold at once; some formats need several bytes for each pixel (measured).
MAX_DECODER_BYTES = 160_000_000
# A progressive picture is gone through once for each scan: samples x scans bounds the time.
MAX_SCAN_SAMPLES = 600_000_000
MAX_SCANS = 100
MAX_SEGMENTS = 4_000
MAX_CHUNKS = 20_000

THUMB_PX = 320
MADE_PX = 2_048
STAGED_FOR = timedelta(hours=24)
MIN_FREE_SHARE = 0.05


class Part(StrEnum):
    """What a photo is for in its check."""

    EVIDENCE = "evidence"
    AFTER = "after"
    CHECK = "check"
    RETAKE = "retake"
    VOICE = "voice"
    REFERENCE = "reference"
    LESSON = "lesson"
    FEEDBACK = "feedback"
    FINDING = "finding"
    INSPECTION = "inspection"


class Source(StrEnum):
    """How the phone came by it: the camera in the page, or a file."""

    LIVE = "live"
    FILE = "file"


class State(StrEnum):
    """Where the kept bytes stand in the picture queue."""

    QUEUED = "queued"
    READY = "ready"
    FAILED = "failed"


class Verdict(StrEnum):
    """Why bytes are not taken."""

    EMPTY = "empty"
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_MANY_PIXELS = "too-many-pixels"
    HEIC = "heic"
    MOVING = "moving"
    NOT_A_PICTURE = "not-a-picture"
    NOT_A_SOUND = "not-a-sound"
    DAMAGED = "damaged"


class Unfit(Exception):
    """The bytes are not taken; `verdict` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.value)
        self.verdict = verdict


@dataclass(frozen=True)
class Upload:
    """One body as it came in; `declared_type` None: the sender named none (a form); `nonce` as `proven` names it."""

    id: str
    body: bytes
    person_id: str
    declared_type: str | None = None
    taken_at: datetime | None = None
    source: Source = Source.FILE
    nonce: str = ""


@dataclass(frozen=True)
class Cut:
    """What is left after cutting: slices of the received bytes, in order, and what the header says.

    `orientation` is EXIF's 1..8; `remake` asks for an upright or plainer derivative after the full decode.
    """

    media_type: str
    parts: tuple[bytes | memoryview, ...]
    width: int = 0
    height: int = 0
    orientation: int = 1
    remake: bool = False

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return sum(len(part) for part in self.parts)

    def untouched(self, body: bytes) -> bool:
        """There was nothing to cut: one slice covers the whole body."""
        return len(self.parts) == 1 and self.size == len(body)


@dataclass(frozen=True)
class KeptPhoto:
    """The record in front of the kept bytes; `day` is the folder, the receipt's date at the site.

    `nonce` is the name of a genuine one that came with it, which settles with its check whether it is 现场拍摄.
    """

    id: str
    person_id: str
    media_type: str
    sha256: str
    received_sha256: str
    size: int
    width: int
    height: int
    source: str
    taken_at: datetime | None
    received_at: datetime
    day: date
    orientation: int = 1
    remake: bool = False
    nonce: str = ""

    @property
    def place(self) -> str:
        """Where the store finds it."""
        return f"{self.day.isoformat()}/{self.id}"

    @property
    def is_picture(self) -> bool:
        """A picture, not a voice memo."""
        return self.media_type in PICTURE_TYPES

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height as a person sees them."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


@dataclass(frozen=True)
class PhotoUse:
    """A kept photo in its place in a check; `step_id` None means the check as a whole; `live`: 现场拍摄."""

    kept: KeptPhoto
    part: Part
    step_id: str | None = None
    live: bool = False


@dataclass(frozen=True)
class PhotoOwner:
    """Whose record the photos become; the units decide who may look at them."""

    check_id: str
    person_id: str
    point_id: str
    standard_code: str
    implementer_id: str
    responsible_id: str


@dataclass(frozen=True)
class Made:
    """What the full decode gave: thumbnail, derivative where one is needed, and the 64-bit likeness hash, signed."""

    thumb: bytes
    picture: bytes | None
    width: int
    height: int
    phash: int


def check_bytes(size: int, limit: int) -> None:
    """Raise Unfit when a body is empty or over the limit."""
    if size == 0:
        raise Unfit(Verdict.EMPTY)
    if size > limit:
        raise Unfit(Verdict.TOO_MANY_BYTES)


def check_pixels(width: int, height: int, decoder_bytes: int) -> None:
    """Raise Unfit when the header promises no pixels, or more than the decoder may be given."""
    if width <= 0 or height <= 0:
        raise Unfit(Verdict.DAMAGED)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE_PX or decoder_bytes > MAX_DECODER_BYTES:
        raise Unfit(Verdict.TOO_MANY_PIXELS)


def refusal(verdict: Verdict) -> Refusal:
    """The verdict as an answer that a person can act on."""
    kind, sentence = _ANSWERS[verdict]
    return kind(sentence, extra={"reason": verdict.value})


_ANSWERS: dict[Verdict, tuple[type[Refusal], object]] = {
    Verdict.EMPTY: (Invalid, lazy("The file is empty. Take the photo again.")),
    Verdict.TOO_MANY_BYTES: (TooLarge, lazy("That is too large to send. Send fewer or smaller photos.")),
    Verdict.TOO_MANY_PIXELS: (
        TooLarge,
        lazy("The picture has too many pixels. Set the camera to a smaller size and take it again."),
    ),
    Verdict.HEIC: (
        Unsupported,
        lazy("HEIC photos cannot be kept. Take it with the camera button here, or set the phone's camera to JPEG."),
    ),
    Verdict.MOVING: (Unsupported, lazy("Moving pictures are not taken. Take a photo instead.")),
    Verdict.NOT_A_PICTURE: (Unsupported, lazy("This file is not a photo. JPEG, PNG and WebP are taken.")),
    Verdict.NOT_A_SOUND: (Unsupported, lazy("This file is not a voice memo. Record it again here.")),
    Verdict.DAMAGED: (Invalid, lazy("The picture is damaged or did not arrive whole. Take it again.")),
}
