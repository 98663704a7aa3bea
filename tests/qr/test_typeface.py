"""What people type is printed as it can be: nothing invisible, no character silently lost."""

from hypothesis import given
from hypothesis import strategies as st

from qr import typeface


def test_given_a_character_without_a_glyph_when_printed_then_it_is_shown_as_one():
    assert typeface.printable("地面😀有水\x07\r\n脏") == "地面〓有水〓\n脏"


def test_given_spaces_of_chinese_keyboards_when_printed_then_they_are_spaces():
    assert typeface.printable("　　上半年\t交接\u00a0好") == "  上半年 交接 好"


@given(st.text(max_size=200))
def test_given_any_text_when_printed_then_every_character_has_a_glyph_and_none_is_lost(text):
    shown = typeface.printable(text)

    assert not typeface.missing(shown.replace("\n", ""))
    assert len(shown) == len(text.replace("\r", ""))
