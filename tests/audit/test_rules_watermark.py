"""The watermark of files: it is there, nothing else changes, and what carries none comes back as it was."""

import io

import docx
from openpyxl import load_workbook
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas
from xlsxwriter import Workbook

from app.audit.rules_watermark import DOCX, XLSX, stamped

MARK = "导出编号 7 · 王<五> & 赵 · 用途：日常工作"


def _book() -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    for name in ("甲", "乙"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, [1, "二"])
        sheet.add_table(0, 0, 1, 1, {"columns": [{"header": "a"}, {"header": "b"}]})
        sheet.data_validation("B2", {"validate": "list", "source": ["二", "三"]})
    book.close()
    return out.getvalue()


def test_given_a_workbook_when_stamped_then_every_sheet_has_a_footer_and_cells_stay():
    before = load_workbook(io.BytesIO(_book()))

    after = load_workbook(io.BytesIO(stamped(_book(), XLSX, MARK)))

    assert [sheet.oddFooter.left.text for sheet in after] == [MARK.replace("&", "&&")] * 2
    assert after.properties.description == MARK
    assert [list(sheet.values) for sheet in after] == [list(sheet.values) for sheet in before]
    assert [len(sheet.tables) for sheet in after] == [1, 1]
    assert [len(sheet.data_validations.dataValidation) for sheet in after] == [1, 1]


def test_given_csv_when_stamped_then_one_more_line():
    assert stamped(b"a,b\r\n1,2\r\n", "text/csv", MARK) == b"a,b\r\n1,2\r\n" + MARK.encode() + b"\r\n"
    assert stamped(b"a,b", "text/csv", "x").splitlines() == [b"a,b", b"x"]


def test_given_a_pdf_when_stamped_then_each_page_carries_it():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400))
    for page in ("one", "two"):
        canvas.drawString(100, 200, page)
        canvas.showPage()
    canvas.save()

    pages = PdfReader(io.BytesIO(stamped(out.getvalue(), "application/pdf", MARK))).pages

    texts = [page.extract_text() for page in pages]
    assert ["one" in texts[0], "two" in texts[1]] == [True, True]
    assert all("导出编号 7" in text for text in texts)


def test_given_word_when_stamped_then_the_footer_carries_it():
    out = io.BytesIO()
    docx.Document().save(out)

    paper = docx.Document(io.BytesIO(stamped(out.getvalue(), DOCX, MARK)))

    assert paper.sections[0].footer.paragraphs[-1].text == MARK


def test_given_another_type_when_stamped_then_it_comes_back_as_it_was():
    assert stamped(b"{}", "application/json", MARK) == b"{}"
