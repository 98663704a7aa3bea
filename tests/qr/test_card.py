from datetime import datetime
from itertools import pairwise

import pytest

from qr import symbol
from qr.card import Card, Slip, Unprintable, card_marks, cards_pdf
from qr.marks import Box, Code, Text
from qr.payload import BadCode
from qr.stock import A4_HEIGHT_MM, A4_WIDTH_MM, CARD, SLIP
from qr.token import card_text, grouped, new_token
from qr.typeface import width_mm
from tests.qr.test_sheet import decoded, raster, words

BASE = "https://dabiao.example.gov.cn"
LONG = "重庆市渝北区机关事务管理局综合办公楼公共卫生间保洁一班组长张三丰"


def some_slips(count: int, **fields) -> list[Slip]:
    given = {"number": "K7Q-2MX", "name": "保洁一班-03", "account": "wk-03", "unit": "洁净保洁公司", **fields}
    return [Slip(Card(new_token(), **given), "482 193", datetime(2026, 11, 24, 8, 40)) for _ in range(count)]


@pytest.mark.parametrize("dpi", [100, 300])
def test_given_cards_when_printed_and_scanned_then_every_symbol_reads_and_slips_carry_none(tmp_path, dpi):
    slips = some_slips(11)

    pages = raster(cards_pdf(slips, BASE), tmp_path, dpi)

    assert [len(decoded([page])) for page in pages] == [10, 1, 0, 0]
    assert sorted(decoded(pages)) == sorted(card_text(BASE, slip.card.token) for slip in slips)


def test_given_a_card_and_its_slip_when_read_then_the_code_is_on_the_slip_only_and_the_token_on_the_card_only(tmp_path):
    slip = some_slips(1)[0]

    front, back = words(cards_pdf([slip], BASE), tmp_path).split("\f")[:2]

    assert grouped(slip.card.token) in front
    assert "482" not in front
    assert "482" in back
    assert "11月24日 08:40" in back
    assert slip.card.token[:5] not in back
    assert all("保洁一班-03" in page and "K7Q-2MX" in page for page in (front, back))


@pytest.mark.parametrize(
    "name", ["王", "保洁一班-03", LONG, "Bartholomew Featherstonehaugh-Cholmondeley the Younger", "乐" * 60]
)
def test_given_any_name_when_the_card_is_drawn_then_it_stays_on_the_card_and_off_the_symbol(name):
    slip = some_slips(1, name=name, account="a" * 40, unit=LONG)[0]
    made = symbol.make(card_text("https://" + "a" * 30 + ".example.gov.cn:8443", slip.card.token), "Q")

    drawn = card_marks(slip.card, made, CARD.corner(0), "a" * 40 + ".example.gov.cn:8443")

    (code,) = (mark for mark in drawn if isinstance(mark, Code))
    texts = [mark for mark in drawn if isinstance(mark, Text)]
    left, top = CARD.corner(0)
    assert code.side >= 22
    for text in texts:
        start = text.x - {"start": 0, "middle": 0.5, "end": 1}[text.align] * width_mm(text.text, text.size_pt)
        end = start + width_mm(text.text, text.size_pt)
        assert left < start < end < left + CARD.cell_width_mm
        assert top < text.y < top + CARD.cell_height_mm
        assert start > code.x + code.side or text.y < code.y or text.y > code.y + code.side + 4
    beside = sorted(text.y for text in texts if text.x > code.x + code.side and text.y > code.y)
    assert all(later - earlier > 2 for earlier, later in pairwise(beside))


def test_given_the_page_when_measured_then_cards_are_of_bank_card_size_and_inside_it():
    assert (CARD.cell_width_mm, CARD.cell_height_mm) == (85.6, 54.0)
    for grid in (CARD, SLIP):
        left, top = grid.corner(grid.cells - 1)
        assert left + grid.cell_width_mm < A4_WIDTH_MM - 5
        assert top + grid.cell_height_mm < A4_HEIGHT_MM - 5
    assert any(isinstance(mark, Box) for mark in card_marks(some_slips(1)[0].card, symbol.make("A", "Q"), (0, 0), "a"))


def test_given_a_character_without_a_glyph_when_printed_then_person_and_character_are_named():
    with pytest.raises(Unprintable) as refused:
        cards_pdf(some_slips(1, name="王\u202e明"), BASE)

    assert (refused.value.name, refused.value.characters) == ("王\u202e明", ("\u202e",))


def test_given_no_token_when_printed_then_nothing_is_made():
    with pytest.raises(BadCode):
        cards_pdf([Slip(Card("ABC", "K7Q-2MX", "王", "wk-1", "公司"), "482 193", datetime(2026, 11, 24))], BASE)
