"""Files of standards from outside are told by their bytes, never by their name."""

import io
import zipfile

import pytest

from app.refusals import Invalid, TooLarge, Unsupported
from app.standards.rules_files import Part, word
from app.standards.rules_papers import MOST_BYTES, WORD, Paper, PaperKind, media_type_of
from tests.support.builders import NOW

PDF = b"%PDF-1.7\n%%EOF\n"


def package(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        (PDF, PaperKind.TEXT, "application/pdf"),
        (PDF + b"\n" * 2000, PaperKind.APPROVAL, "application/pdf"),
        (b"\xff\xd8\xff rest", PaperKind.APPROVAL, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n rest", PaperKind.MINUTES, "image/png"),
        (package("word/document.xml"), PaperKind.NOTE, WORD),
    ],
)
def test_given_a_file_when_its_bytes_are_read_then_its_type_is_known(body, kind, found):
    assert media_type_of(body, kind) == found


def test_given_our_own_word_file_when_sent_in_again_then_it_is_taken():
    assert media_type_of(word("标题", [Part("范围", ["文字"], ["列"], [["值"], [None]])], NOW), PaperKind.TEXT) == WORD


@pytest.mark.parametrize(
    ("body", "kind", "refusal"),
    [
        (b"", PaperKind.TEXT, Invalid),
        (b"%PDF-1.7" + b"x" * MOST_BYTES, PaperKind.TEXT, TooLarge),
        (b"%PDF-1.7 without an end", PaperKind.TEXT, Unsupported),
        (b" %PDF-1.7\n%%EOF", PaperKind.TEXT, Unsupported),
        (PDF + b"\n" * 3000, PaperKind.TEXT, Unsupported),
        (b"\xff\xd8\xff rest", PaperKind.TEXT, Unsupported),
        (b"<html>", PaperKind.NOTE, Unsupported),
        (b"GIF89a", PaperKind.APPROVAL, Unsupported),
        (b"PK\x03\x04 broken", PaperKind.NOTE, Unsupported),
        (package("xl/workbook.xml"), PaperKind.NOTE, Unsupported),
        (package("word/document.xml", "word/vbaProject.bin"), PaperKind.NOTE, Unsupported),
        (package("word/document.xml", *map(str, range(2000))), PaperKind.NOTE, Unsupported),
    ],
)
def test_given_another_file_when_its_bytes_are_read_then_it_is_refused(body, kind, refusal):
    with pytest.raises(refusal) as refused:
        media_type_of(body, kind)

    assert set(refused.value.fields) == {"file"}


def test_given_a_file_as_large_as_allowed_when_read_then_it_is_taken():
    body = b"%PDF-1.7" + b"x" * (MOST_BYTES - 13) + b"%%EOF"

    assert len(body) == MOST_BYTES and media_type_of(body, PaperKind.TEXT) == "application/pdf"


@pytest.mark.parametrize(("media_type", "ending"), [("application/pdf", "pdf"), (WORD, "docx"), ("text/html", "bin")])
def test_given_a_kept_file_when_taken_home_then_its_ending_follows_its_type(media_type, ending):
    assert Paper("i", None, None, PaperKind.TEXT, "a.exe", media_type, "", 1).ending == ending


def test_given_a_pdf_when_its_end_lies_in_the_last_two_thousand_bytes_or_so_then_it_is_one():
    assert media_type_of(b"%PDF-1.7\n" + b"x" * 3000 + b"%%EOF" + b"\n" * 2043, PaperKind.TEXT) == "application/pdf"
    with pytest.raises(Unsupported):
        media_type_of(b"%PDF-1.7\n" + b"x" * 3000 + b"%%EOF" + b"\n" * 2044, PaperKind.TEXT)


def test_given_a_word_file_at_the_caps_when_read_then_each_cap_itself_is_allowed(monkeypatch):
    assert media_type_of(package("word/document.xml", *map(str, range(1999))), PaperKind.NOTE) == WORD
    monkeypatch.setattr("app.standards.rules_papers.MOST_UNPACKED_BYTES", 8)
    assert media_type_of(package("word/document.xml", "b"), PaperKind.NOTE) == WORD
    monkeypatch.setattr("app.standards.rules_papers.MOST_UNPACKED_BYTES", 7)
    with pytest.raises(Unsupported):
        media_type_of(package("word/document.xml", "b"), PaperKind.NOTE)
