import re
import subprocess
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from qr import sheet, symbol, typeface
from qr.label import CALL_TO_ACTION, Imprint, Label, label_marks, readable_on
from qr.marks import INK, PAPER, Box, Code, Text
from qr.payload import display, new_code, symbol_text
from qr.sheet import Site, Unprintable, calibration_pdf, list_pdf, preview_svg, sheet_pdf
from qr.stock import A4_HEIGHT_MM, A4_WIDTH_MM, STOCKS
from qr.typeface import MM_PER_PT

SITE = Site("https://dabiao.example.gov.cn", "023-1234 5678")
TABLE = "".join(Path(__file__).with_name("table_8105.txt").read_text(encoding="utf-8").split())
LONG = "1号楼（综合办公楼）地下一层东北侧公共卫生间（含无障碍卫生间及母婴室）第二组ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def some_labels(count: int, **fields) -> list[Label]:
    given = {"place": "1号楼一层卫生间组", "zone": "红色·卫生间区", "colour": "#c8402a", **fields}
    return [Label(new_code(), f"1号楼{n}层男卫生间", f"01-{n:02d}-WC-01", **given) for n in range(1, count + 1)]


def raster(pdf: bytes, folder: Path, dpi: int) -> list[Image.Image]:
    (folder / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "sheet.pdf", "page"], cwd=folder, check=True)
    return [Image.open(page) for page in sorted(folder.glob("page*.pgm"))]


def words(pdf: bytes, folder: Path) -> str:
    (folder / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftotext", "-layout", "sheet.pdf", "sheet.txt"], cwd=folder, check=True)
    return (folder / "sheet.txt").read_text(encoding="utf-8")


def decoded(pages: list[Image.Image]) -> list[str]:
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page)]


@pytest.mark.parametrize(
    ("name", "count", "skipped"), [("small", 27, {0, 1, 23}), ("door", 10, {0, 5}), ("sign", 2, ())]
)
@pytest.mark.parametrize("dpi", [100, 300])
def test_given_a_sheet_when_it_is_printed_and_scanned_then_every_label_reads(tmp_path, name, count, skipped, dpi):
    labels = some_labels(count)

    pages = raster(sheet_pdf(labels, STOCKS[name], SITE, skipped, with_list=False), tmp_path, dpi)

    expected = [symbol_text(SITE.base_url, label.code) for label in labels]
    assert sorted(decoded(pages)) == sorted(expected)
    assert len(pages) == -(-(count + len(skipped)) // STOCKS[name].cells)


def test_given_used_cells_when_the_sheet_is_printed_then_they_stay_white_and_order_is_kept(tmp_path):
    stock, labels = STOCKS["door"], some_labels(3)

    [page] = raster(sheet_pdf(labels, stock, SITE, {0, 2}, with_list=False), tmp_path, 100)

    for cell, label in enumerate([None, labels[0], None, labels[1], labels[2]]):
        left, top = (mm / 25.4 * 100 for mm in stock.corner(cell))
        right, bottom = left + stock.cell_width_mm / 25.4 * 100, top + stock.cell_height_mm / 25.4 * 100
        picture = page.crop((round(left) + 1, round(top) + 1, round(right) - 1, round(bottom) - 1))
        if label is None:
            assert picture.getextrema() == (255, 255)
        else:
            assert decoded([picture]) == [symbol_text(SITE.base_url, label.code)]


@pytest.mark.parametrize(("name", "skipped"), [("door", set(range(8))), ("door", {8}), ("small", {-1}), ("sign", {0})])
def test_given_no_free_cell_or_a_cell_outside_when_a_sheet_is_printed_then_it_is_refused(name, skipped):
    with pytest.raises(ValueError, match="cells"):
        sheet_pdf(some_labels(1), STOCKS[name], SITE, skipped)


@pytest.mark.parametrize("name", STOCKS)
@pytest.mark.parametrize("base_url", ["http://a.cn", "https://a-very-long-name.of-an-office.example.gov.cn:8443"])
def test_given_any_stock_when_a_label_is_drawn_then_quiet_zone_and_text_keep_apart_inside_the_card(name, base_url):
    stock = STOCKS[name]
    for label in [
        *some_labels(1),
        *some_labels(1, discreet=True),
        Label(new_code(), LONG, LONG, LONG, LONG, "#e0a100"),
    ]:
        made = symbol.make(symbol_text(base_url, label.code), stock.design.level)
        drawn = label_marks(label, made, stock, 0, Imprint(base_url[8:], "023-1234 5678 转 8001"))
        [code] = [mark for mark in drawn if isinstance(mark, Code)]
        quiet = code.side / made.size * 4
        card = next(mark for mark in drawn if isinstance(mark, Box) and mark.stroke)
        field = (code.x - quiet, code.y - quiet, code.x + code.side + quiet, code.y + code.side + quiet)
        boxes = [text_box(mark) for mark in drawn if isinstance(mark, Text) and mark.text]

        assert all(card.x <= left and right <= card.x + card.width + 0.01 for left, _, right, _ in [field, *boxes])
        assert all(card.y <= top and bottom <= card.y + card.height for _, top, _, bottom in [field, *boxes])
        assert not any(overlap(field, box) for box in boxes)
        assert not any(overlap(one, other) for n, one in enumerate(boxes) for other in boxes[:n])


def text_box(text: Text) -> tuple[float, float, float, float]:
    wide, size = typeface.width_mm(text.text, text.size_pt), text.size_pt * MM_PER_PT
    left = text.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[text.align] * wide
    return left, text.y - 0.86 * size, left + wide, text.y + 0.12 * size


def overlap(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_given_door_stock_when_a_symbol_is_placed_then_it_is_at_least_forty_millimetres():
    for base_url in ("http://a.cn", "https://a-very-long-name.of-an-office.example.gov.cn:8443"):
        label = some_labels(1)[0]
        made = symbol.make(symbol_text(base_url, label.code), STOCKS["door"].design.level)
        [code] = [m for m in label_marks(label, made, STOCKS["door"], 0, Imprint("a.cn")) if isinstance(m, Code)]

        assert code.side >= 40


@pytest.mark.parametrize("name", STOCKS)
def test_given_a_stock_when_its_cells_are_laid_out_then_they_lie_on_the_page_without_overlap(name):
    stock = STOCKS[name]
    corners = [stock.corner(cell) for cell in range(stock.cells)]
    cells = [(x, y, x + stock.cell_width_mm, y + stock.cell_height_mm) for x, y in corners]

    assert all(x >= 0 and y >= 0 and right <= A4_WIDTH_MM and bottom <= A4_HEIGHT_MM for x, y, right, bottom in cells)
    assert not any(overlap(one, other) for n, one in enumerate(cells) for other in cells[:n] if one[1] == other[1])
    assert stock.design.level in "QH"


def test_given_a_label_when_it_is_printed_then_it_says_what_the_contract_lists(tmp_path):
    label = some_labels(1)[0]

    said = words(sheet_pdf([label], STOCKS["sign"], SITE, with_list=False), tmp_path)

    for text in (
        display(label.code),
        label.name,
        label.point,
        label.place,
        "红色",
        "卫生间区",
        "023-1234 5678",
        CALL_TO_ACTION,
    ):
        assert text in said
    assert "dabiao.example.gov.cn" in said


def test_given_a_point_at_risk_level_four_when_it_is_printed_then_code_and_host_are_all_it_says(tmp_path):
    label = Label(
        new_code(), "地下配电房", "01-B1-PW-01", "1号楼地下配电区", "蓝色·办公与设备区", "#2b6cb0", discreet=True
    )

    for name in STOCKS:
        said = words(sheet_pdf([label], STOCKS[name], SITE, with_list=False), tmp_path).split()

        assert sorted(said) == sorted([display(label.code), "dabiao.example.gov.cn"])
    assert "地下配电房" in words(list_pdf([label], STOCKS["door"], SITE), tmp_path)


@pytest.mark.parametrize(
    ("colour", "text"), [("#c8402a", PAPER), ("#e0a100", INK), ("#2e8b57", PAPER), ("#2b6cb0", PAPER)]
)
def test_given_a_zone_colour_when_text_stands_on_it_then_yellow_carries_ink(colour, text):
    assert readable_on(colour) == text


def test_given_the_national_table_when_it_is_printed_then_every_character_is_there_with_ink(tmp_path):
    side = 2.4
    places = [(6 + n % 82 * side, 8 + n // 82 * (side + 0.3)) for n in range(len(TABLE))]
    marks = [Text(x, y, character, 5.6) for (x, y), character in zip(places, TABLE, strict=True)]

    pdf = sheet.pages_pdf([marks])
    [page] = raster(pdf, tmp_path, 254)

    assert len(set(TABLE)) == 8105
    assert typeface.missing(TABLE) == []
    assert set(re.sub(r"\s", "", words(pdf, tmp_path))) == set(TABLE)
    inked = [
        page.crop((round(x * 10), round((y - 1.8) * 10), round((x + 2) * 10), round((y + 0.3) * 10))) for x, y in places
    ]
    assert [TABLE[n] for n, picture in enumerate(inked) if picture.getextrema()[0] > 160] == []


def test_given_a_rare_name_when_it_is_printed_then_the_font_is_embedded_and_the_name_can_be_searched(tmp_path):
    pdf = sheet_pdf([Label(new_code(), "𬭎㛃䶮先生纪念馆", "01-𬭎")], STOCKS["sign"], SITE)
    fonts = [
        font.get_object()["/FontDescriptor"].get_object()
        for page in pypdf.PdfReader(BytesIO(pdf)).pages
        for name, font in page["/Resources"]["/Font"].items()
        if "+" in name
    ]

    assert "𬭎㛃䶮先生纪念馆" in words(pdf, tmp_path)
    assert fonts
    assert all("/FontFile2" in font for font in fonts)


@pytest.mark.parametrize(
    ("fields", "character"),
    [
        ({"name": "卫生间🚻"}, "🚻"),
        ({"place": "一层\n二层"}, "\n"),
        ({"zone": "红\u202e区"}, "\u202e"),
        ({"point": "ᚠ"}, "ᚠ"),
    ],
)
def test_given_a_character_outside_the_font_when_a_sheet_is_printed_then_label_and_character_are_named(
    fields, character
):
    label = Label(**{"code": "7K3QX9M2TA", "name": "男卫生间", **fields})

    with pytest.raises(Unprintable) as refused:
        sheet_pdf([label], STOCKS["door"], SITE)

    assert refused.value.label is label
    assert refused.value.characters == (character,)
    assert f"U+{ord(character):04X}" in str(refused.value)
    assert label.code in str(refused.value)


def test_given_markup_in_a_name_when_it_is_printed_then_it_is_drawn_and_not_parsed(tmp_path):
    name = "<b>&amp;(\\)</b> %s"

    assert name in words(sheet_pdf([Label(new_code(), name)], STOCKS["sign"], SITE, with_list=False), tmp_path)
    assert "&lt;b&gt;&amp;amp;" in preview_svg([Label(new_code(), name)], STOCKS["sign"], SITE)


def test_given_a_wrong_code_when_a_sheet_is_printed_then_it_is_refused():
    with pytest.raises(ValueError, match="7K3QX9M2TB"):
        sheet_pdf([Label("7K3QX9M2TB", "男卫生间")], STOCKS["door"], SITE)


def test_given_the_same_labels_when_they_are_printed_twice_then_the_bytes_are_the_same():
    labels = some_labels(5)

    assert sheet_pdf(labels, STOCKS["door"], SITE) == sheet_pdf(labels, STOCKS["door"], SITE)


def test_given_a_sheet_when_it_is_printed_then_the_list_behind_it_says_where_every_code_is(tmp_path):
    labels = some_labels(40)

    said = words(sheet_pdf(labels, STOCKS["door"], SITE, {0}), tmp_path)
    pages = said.split("\f")

    assert len(pages) - 1 == 6 + 2
    listed = "".join(pages[6:])
    assert all(display(label.code) in listed and label.point in listed for label in labels)
    assert re.search(rf"1-1-2\s+{display(labels[0].code)}", listed)


@pytest.mark.parametrize("name", STOCKS)
def test_given_the_calibration_page_when_it_is_measured_then_the_line_is_100_mm_long(tmp_path, name):
    [page] = raster(calibration_pdf(STOCKS[name]), tmp_path, 254)
    row = [page.getpixel((x, 1120)) < 128 for x in range(page.width)]
    longest = max(len(run) for run in "".join("x" if dark else " " for dark in row).split())

    assert abs(longest / 10 - 100) <= 0.3
    assert {"MODULE 0.50 MM", "MODULE 1.00 MM"} <= set(decoded([page]))


def test_given_a_calibration_page_when_its_rulers_are_measured_then_a_tick_stands_at_every_millimetre(tmp_path):
    [page] = raster(calibration_pdf(STOCKS["door"]), tmp_path, 508)

    across = [min(page.getpixel((round(mm * 20) + d, 2680 * 2 + 20)) for d in (-1, 0, 1)) for mm in range(30, 201)]
    between = [page.getpixel((round(mm * 20) + 10, 2680 * 2 + 20)) for mm in range(30, 200)]

    assert max(across) < 128
    assert min(between) > 200


def test_given_labels_when_the_first_page_is_previewed_then_it_shows_those_of_the_first_page_only():
    labels = some_labels(10)

    drawn = preview_svg(labels, STOCKS["door"], SITE, {0})

    assert drawn.startswith("<svg ")
    assert "style=" not in drawn
    assert [display(label.code) in drawn for label in labels] == [True] * 7 + [False] * 3
