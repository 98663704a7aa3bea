"""Files of standards from outside: told by their bytes, never by their name; pure."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from app.refusals import Invalid, TooLarge, Unsupported
from app.web.words import lazy

MOST_BYTES = 10_000_000
MOST_PARTS = 2_000
MOST_UNPACKED_BYTES = 200_000_000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PaperKind(StrEnum):
    """What a file is; the text of an edition is what 看全文 opens."""

    APPLICATION = "application"
    NOTE = "note"
    PROOF = "proof"
    MINUTES = "minutes"
    APPROVAL = "approval"
    TEXT = "text"


TAKEN = {
    "application/pdf": "pdf",
    WORD: "docx",
    "image/jpeg": "jpg",
    "image/png": "png",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was sent in, without its bytes."""

    id: str
    project_id: str | None
    edition: str | None
    kind: PaperKind
    name: str
    media_type: str
    sha256: str
    size: int

    @property
    def ending(self) -> str:
        """Of the name under which it is taken home."""
        return TAKEN.get(self.media_type, "bin")


def media_type_of(body: bytes, kind: PaperKind) -> str:
    """The type by the first bytes. Raises Invalid, TooLarge or Unsupported with a sentence."""
    if not body:
        raise _refused(Invalid, lazy("Choose a file."))
    if len(body) > MOST_BYTES:
        raise _refused(TooLarge, lazy("The file is too large; at most %(n)d MB.", n=MOST_BYTES // 1_000_000))
    found = _sniffed(body)
    if found is None or (kind is PaperKind.TEXT and found not in ("application/pdf", WORD)):
        sentence = lazy("Only PDF and Word files (.docx) are taken here; a scan may be a JPEG or PNG picture.")
        raise _refused(Unsupported, sentence)
    return found


def _sniffed(body: bytes) -> str | None:
    if body.startswith(b"%PDF-") and b"%%EOF" in body[-2048:]:
        return "application/pdf"
    if body.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return WORD if body.startswith(b"PK\x03\x04") and _is_word(body) else None


def _is_word(body: bytes) -> bool:
    """A Word document without macros; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False
    names = {part.filename for part in parts}
    small = len(parts) <= MOST_PARTS and sum(part.file_size for part in parts) <= MOST_UNPACKED_BYTES
    return small and "word/document.xml" in names and not any("vbaProject" in name for name in names)


def _refused(kind: type[Invalid | TooLarge | Unsupported], sentence: object) -> Exception:
    return kind(sentence, fields={"file": sentence})
