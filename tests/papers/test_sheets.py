"""The one A4 page: with thirty units, long names and many findings it stays one page and says what it leaves out."""

import subprocess
from io import BytesIO

import pytest
from flask_babel import force_locale
from pypdf import PdfReader

from app.papers.rules_texts import TITLE, Head
from app.papers.sheets import bulletin_pdf, joined
from app.photos.imaging_pages import page_png
from tests.support.papers import LONG, bulletin, debt, ranked
from tests.support.pictures import opened

HEAD = Head(TITLE, "2026 年第 1 期", "未同步 3 次", "", "拟稿：苏  签发：斯坦", "指纹")
A4_MM = (210, 297)


def drawn(app, one, head=HEAD):
    with app.app_context(), force_locale("zh_Hans_CN"):
        return bulletin_pdf(one, head)


def read(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 1
    box = pages[0].mediabox
    assert tuple(round(float(side) * 25.4 / 72) for side in (box.width, box.height)) == A4_MM
    return pages[0].extract_text()


def full(units=30, owed=44):
    return bulletin(
        ranking=tuple(ranked(n, name=f"{n}{LONG * 2}", contract="合同编号很长" * 9) for n in range(units)),
        debts=tuple(debt(n, text=LONG * 5, who=LONG) for n in range(owed)),
        unit=LONG * 4,
    )


def test_given_thirty_units_with_long_names_when_drawn_then_one_page_says_how_many_are_in_the_web_only(app):
    text = read(drawn(app, full(), Head(TITLE, LONG * 6, LONG * 6, "按" * 300, LONG * 3, "d" * 90)))

    printed = text.count("合同编号很长")
    assert 5 <= printed < 30 and f"另 {30 - printed} 项见网页" in text
    owed = text.count("BF26")
    assert 5 <= owed < 44 and f"另 {44 - owed} 项见网页" in text
    assert "合计" in text and "谁在何时前完成" in text


@pytest.mark.parametrize(("units", "owed"), [(0, 0), (1, 0), (0, 1), (9, 3), (30, 0), (0, 60)])
def test_given_any_month_when_drawn_then_one_page_and_no_line_leaves_it(app, units, owed):
    pdf = drawn(app, full(units, owed))

    read(pdf)
    assert lowest_ink_mm(pdf) > 10


def lowest_ink_mm(pdf):
    """How far the lowest character stands above the edge of the paper."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    bottoms = [float(line.split('yMax="')[1].split('"')[0]) for line in told.splitlines() if "<word" in line]
    return 297 - max(bottoms) * 25.4 / 72


def test_given_room_enough_when_drawn_then_nothing_is_left_out(app):
    text = read(drawn(app, bulletin()))

    assert "项见网页" not in text
    assert "97.0%" in text and "97/100" in text and "+2.0" in text and "判不合格次数最多的步骤" in text


def test_given_an_empty_month_when_drawn_then_dashes_and_sentences_stand_there(app):
    text = read(drawn(app, bulletin(figures=(), problems=(), ranking=(), debts=())))

    assert "没有可排名的单位" in text and "没有未关闭的不符合项和申诉" in text


def test_given_a_bulletin_when_made_a_picture_then_its_page_can_be_read(app):
    pdf = drawn(app, bulletin())

    assert opened(page_png(pdf, 150)).size == (1241, 1754)
    with pytest.raises(ValueError, match="format"):
        page_png(b"no pdf", 150)


def test_given_many_bulletins_when_joined_then_each_has_its_page(app):
    one = drawn(app, bulletin())

    assert len(PdfReader(BytesIO(joined([one, one, one]))).pages) == 3
