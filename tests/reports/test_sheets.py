"""Sheets as PDF: what is read back is what was written; nothing in a text is markup, nothing is too long."""

import io

from pypdf import PdfReader

from app.reports.rules_forms import LAYOUTS, Form, Sheet, Shot
from app.reports.sheets import sheets_pdf
from app.reports.sheets_word import sample
from tests.support.pictures import jpeg

PRINTED = "2026-11-23 08:40"


def text_of(body: bytes) -> str:
    """The text of all pages without spaces and line ends."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_given_every_form_when_printed_then_title_and_every_field_are_read_back_in_order():
    for form in Form:
        text = text_of(sheets_pdf([sample(form)], PRINTED))

        assert squeezed(LAYOUTS[form].title) in text
        for kind in LAYOUTS[form].fields:
            assert squeezed(kind.label) in text, (form, kind)


def test_given_many_sheets_when_printed_then_each_begins_a_page_and_names_itself_at_the_foot():
    sheets = [Sheet(Form.NC, f"BF-{number}", {"number": f"BF-{number}"}) for number in range(3)]

    pages = PdfReader(io.BytesIO(sheets_pdf(sheets, PRINTED))).pages

    assert len(pages) == 3
    assert [f"BF-{number}" in page.extract_text() for number, page in enumerate(pages)] == [True] * 3
    assert all(page.mediabox.width > 595 and page.mediabox.height > 841 for page in pages)


def test_given_texts_that_look_like_markup_when_printed_then_they_are_read_as_written():
    hostile = '<img src="file:///etc/passwd"/><b>粗</b> & <a href="http://10.0.0.1">x</a>'

    text = text_of(sheets_pdf([Sheet(Form.NC, "BF-1", {"fact": hostile})], PRINTED))

    assert '<imgsrc="file:///etc/passwd"/>' in text
    assert "<b>粗</b>&" in text


def test_given_a_text_longer_than_a_page_when_printed_then_all_of_it_is_there():
    lines = [[f"{number}", "内容" * 300, "记录" * 900, "符合"] for number in range(3)]
    body = sheets_pdf([Sheet(Form.CHECK, "JC-1", {"conclusion": "结论" * 900}, lines)], PRINTED)

    text = text_of(body)

    assert len(PdfReader(io.BytesIO(body)).pages) > 3
    assert text.count("记") >= 2700 and text.count("容") >= 900


def test_given_pictures_of_the_evidence_when_printed_then_those_that_are_there_stand_under_the_fields():
    there = {"a" * 64: jpeg(seed=1), "b" * 64: jpeg(seed=2)}
    shots = [Shot(letter * 64, f"整改前 {letter}") for letter in "abc"]

    body = sheets_pdf([Sheet(Form.NC, "BF-1", {}, shots=shots)], PRINTED, there.get)

    [page] = PdfReader(io.BytesIO(body)).pages
    assert len(page.images) == 2
    assert "整改前a" in text_of(body) and "整改前c" not in text_of(body)
