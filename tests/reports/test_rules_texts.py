"""How days, hours and words are written on forms: at the site, and nothing where nothing is known."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.reports.rules_texts import at_clock, at_minute, counted_photos, joined, on_day, word

SITE = ZoneInfo("Asia/Shanghai")
LATE = datetime(2026, 11, 23, 17, 5, 59, tzinfo=UTC)


def test_given_an_instant_when_written_then_it_is_the_day_and_hour_of_the_site():
    assert on_day(LATE, SITE) == "2026-11-24"
    assert on_day(date(2026, 11, 23), SITE) == "2026-11-23"
    assert at_minute(LATE, SITE) == "2026-11-24 01:05"
    assert at_clock(LATE, SITE) == "01:05"


def test_given_nothing_when_written_then_nothing_stands_there():
    assert (on_day(None, SITE), at_minute(None, SITE), at_clock(None, SITE)) == ("", "", "")
    assert (word({"a": "甲"}, None), word({"a": "甲"}, ""), counted_photos(0)) == ("", "", "")


def test_given_codes_when_written_then_their_words_come_and_unknown_ones_stay():
    assert (word({"a": "甲"}, "a"), word({"a": "甲"}, "b")) == ("甲", "b")
    assert counted_photos(2) == "照片 2 张，见系统记录"


def test_given_parts_when_joined_then_empty_ones_leave_no_sign_behind():
    assert joined(("甲", "", "乙")) == "甲；乙"
    assert joined(("", "")) == ""
    assert joined(["甲", "乙"], "、") == "甲、乙"
