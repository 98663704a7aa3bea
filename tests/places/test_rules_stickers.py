"""Foreign codes as the office reads them."""

import pytest

from app.places.rules_stickers import StickerLine
from tests.support.answers import at


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("https://ex\u0430mple.org", "https://ex\\u0430mple.org"),
        ("good\u202egnp.exe", "good\\u202egnp.exe"),
        ("付款", "\\u4ed8\\u6b3e"),
        ("", ""),
    ],
)
def test_given_a_foreign_code_when_shown_then_look_alikes_and_marks_of_direction_are_spelt_out(text, plain):
    found = StickerLine("s1", text, "1号楼", None, None, at("08:00"), "甲", None, None)

    assert found.plain == plain
