import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode import QRCode
from qrcode.util import ALPHA_NUM

from qr.symbol import LEVELS, QUIET_MODULES, ReadBackFailed, Symbol, image, make, png, read_back, svg, terminal

TEXT = "HTTPS://DAKA.EXAMPLE.GOV.CN/P/7K3QX9M2TA"


def by_the_library(text: str, level: str, mask: int) -> tuple[str, ...]:
    code = QRCode(error_correction=LEVELS[level], mask_pattern=mask)
    code.add_data(text, optimize=0)
    code.make()
    return tuple("".join("1" if module else "0" for module in row) for row in code.modules)


@settings(max_examples=60, deadline=None)
@given(
    st.text(ALPHA_NUM.decode(), min_size=1, max_size=70).filter(lambda text: not text.isdigit()),
    st.sampled_from("LMQH"),
    st.integers(0, 7),
)
def test_given_an_upper_case_text_when_a_symbol_is_made_then_it_equals_the_librarys_bit_by_bit(text, level, mask):
    assert make(text, level, mask).rows == by_the_library(text, level, mask)


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x9FFF), min_size=1, max_size=40), st.sampled_from("LMQH"))
def test_given_any_text_when_a_symbol_is_made_then_it_reads_as_that_text(text, level):
    [found] = zxingcpp.read_barcodes(image(make(text, level), 3))

    assert found.bytes.decode() == text


def test_given_the_contracts_text_when_the_symbol_is_made_then_it_is_version_3_at_level_q():
    assert make(TEXT, "Q").size == 29


def test_given_a_text_that_is_too_long_when_a_symbol_is_made_then_it_is_refused():
    with pytest.raises(ValueError, match="do not fit"):
        make("X" * 5000, "H")


def test_given_symbols_when_they_are_read_back_then_nothing_is_said():
    read_back([make(TEXT, level) for level in "LMQH"])


def test_given_a_symbol_that_says_something_else_when_it_is_read_back_then_nothing_is_handed_out():
    wrong = Symbol(TEXT.replace("7", "8"), 29, make(TEXT).rows)

    with pytest.raises(ReadBackFailed, match="8K3QX9M2TA"):
        read_back([make(TEXT), wrong])


def test_given_an_unreadable_symbol_when_it_is_read_back_then_nothing_is_handed_out():
    blank = Symbol(TEXT, 29, ("0" * 29,) * 29)

    with pytest.raises(ReadBackFailed):
        read_back([blank])


def test_given_a_symbol_when_it_becomes_a_png_then_it_has_its_quiet_zone_and_reads(tmp_path):
    symbol = make(TEXT)
    (tmp_path / "code.png").write_bytes(png(symbol, 4))
    picture = Image.open(tmp_path / "code.png")

    assert picture.size == ((29 + 8) * 4,) * 2
    assert picture.convert("L").crop((0, 0, 37 * 4, QUIET_MODULES * 4)).getextrema() == (255, 255)
    assert zxingcpp.read_barcode(picture.convert("L")).text == TEXT


def test_given_a_symbol_when_it_becomes_svg_then_the_path_covers_its_dark_modules():
    symbol = make(TEXT)
    dark = sum(row.count("1") for row in symbol.rows)

    assert sum(length for _, _, length in symbol.runs()) == dark
    assert svg(symbol).count("M") == len(symbol.runs()) + 1
    assert 'viewBox="-4 -4 37 37"' in svg(symbol)


def test_given_a_text_when_it_is_shown_in_a_terminal_then_every_line_sets_its_own_colours():
    lines = terminal("http://192.168.1.5:8000").splitlines()

    assert all(line.startswith("\x1b[40;97m") and line.endswith("\x1b[0m") for line in lines)
