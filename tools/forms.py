"""`python -m tools.forms`: each form's Word file, printed by LibreOffice, against our PDF of the sheet; for docs.

Needs Debian's libreoffice-writer-nogui and poppler-utils. 1 when pages, texts or places differ by more than is stated.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image

from app.reports.rules_forms import LAYOUTS, Form, Sheet
from app.reports.sheets import sheets_pdf
from app.reports.sheets_word import sample, sheet_word

ROOT = Path(__file__).resolve().parent.parent
REPORT, PICTURE = ROOT / "docs/forms.md", ROOT / "docs/pictures/forms.jpg"
PRINTED = "2026-11-22 17:00"
LINES, SHORT, WORDS = 14, "示例", "台面、镜面、地面清洁，无积水、无污渍，洗手液和纸充足；"
# A label or column title may stand so far from its place in our PDF.
ASIDE_MM, BELOW_MM = 3, 25
FOOT, FOOT_FROM_MM = "打印于", 275
MM_PER_POINT = 25.4 / 72
SHOWN = (Form.CHECK, Form.NC, Form.GRADE)


def filled(form: Form) -> Sheet:
    """A sheet as long as real ones: sentences in wide fields, some lines."""
    sheet = sample(form)
    values = {kind.key: WORDS * 3 if kind.wide else SHORT for kind in sheet.layout.fields}
    line = [WORDS if width > 40 else SHORT for _key, _title, width in sheet.layout.columns]
    return replace(sheet, values=values, lines=[line] * LINES if line else [])


def converted(folder: Path) -> None:
    """Every Word file of the folder as LibreOffice prints it, into folder/word."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    files = sorted(folder.glob("*.docx"))
    subprocess.run([*command, "--outdir", folder / "word", *files], check=True, capture_output=True, timeout=300)


def text_of(pdf: pypdfium2.PdfDocument, form: Form) -> list[str]:
    """The characters of the sheet, without the line at the foot and the titles that pages repeat."""
    layout = LAYOUTS[form]
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in pdf))
    text = re.sub(rf"{layout.title}(样张)?{FOOT}.*?页", "", text)
    for title in (layout.title, *(title for _key, title, _width in layout.columns)):
        text = text.replace(title, "")
    return sorted(text)


def places(pdf: pypdfium2.PdfDocument, word: str) -> list[tuple[int, float, float]]:
    """Where labels begin with this word: page, mm from the left, mm from the top; the foot is left out."""
    found = []
    for number, page in enumerate(pdf):
        text, height = page.get_textpage(), page.get_height()
        searched = text.search(word[:4], match_case=True)
        while hit := searched.get_next():
            left, _bottom, _right, top = text.get_charbox(hit[0])
            if (height - top) * MM_PER_POINT < FOOT_FROM_MM:
                found.append((number, left * MM_PER_POINT, (height - top) * MM_PER_POINT))
    return found


def compared(form: Form, ours: Path, word: Path) -> tuple[str, bool]:
    """A row of the table, and whether all is within the limits."""
    one, other = pypdfium2.PdfDocument(ours), pypdfium2.PdfDocument(word)
    layout = LAYOUTS[form]
    words = [kind.label for kind in layout.fields] + [title for _key, title, _width in layout.columns]
    both = [pair for word in words for pair in zip(places(one, word), places(other, word), strict=False)]
    aside = max(abs(a[1] - b[1]) for a, b in both)
    below = max((abs(a[2] - b[2]) for a, b in both if a[0] == b[0]), default=0)
    same_page = sum(a[0] == b[0] for a, b in both)
    same_text = text_of(one, form) == text_of(other, form)
    fine = len(one) == len(other) and same_text and same_page == len(both)
    fine = fine and aside <= ASIDE_MM and below <= BELOW_MM
    cells = (
        layout.title, f"{len(one)} / {len(other)}", "equal" if same_text else "**differs**",
        f"{same_page} of {len(both)}", f"{aside:.1f} mm", f"{below:.1f} mm",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |", fine


def side_by_side(folder: Path) -> None:
    """Our PDF on the left, LibreOffice's on the right."""
    pages = [
        pypdfium2.PdfDocument(path)[0].render(scale=0.75).to_pil().convert("RGB")
        for form in SHOWN
        for path in (folder / f"{form}.pdf", folder / "word" / f"{form}.pdf")
    ]
    width, height = pages[0].size
    sheet = Image.new("RGB", ((width + 8) * len(pages), height), "#888888")
    for place, page in enumerate(pages):
        sheet.paste(page, (place * (width + 8), 0))
    sheet.save(PICTURE, quality=80)


def main() -> None:
    if not shutil.which("soffice"):
        sys.exit("LibreOffice is needed: apt-get install --no-install-recommends libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form in Form:
            sheet = filled(form)
            (folder / f"{form}.pdf").write_bytes(sheets_pdf([sheet], PRINTED))
            (folder / f"{form}.docx").write_bytes(sheet_word(sheet, None, PRINTED))
        converted(folder)
        rows = [compared(form, folder / f"{form}.pdf", folder / "word" / f"{form}.pdf") for form in Form]
        side_by_side(folder)
    said = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout.split()
    head, sep, _old = REPORT.read_text("utf-8").partition("## What was seen\n")
    table = "\n".join(row for row, _fine in rows)
    REPORT.write_text(
        f"{head}{sep}\nLibreOffice {said[1]}, {datetime.now(UTC):%Y-%m-%d}.\n\n"
        "| form | pages, PDF / Word | text | labels on the same page | aside at most | up or down at most |\n"
        f"|---|---|---|---|---|---|\n{table}\n",
        "utf-8",
    )
    print(table)
    sys.exit(0 if all(fine for _row, fine in rows) else 1)


if __name__ == "__main__":
    main()
