"""LC-1, 征求意见: three sides are asked, customers are heard, each opinion has its disposition."""

from datetime import UTC, date, datetime

from app.standards.rules_consulting import (
    LONGEST,
    Asked,
    Opinion,
    Outcome,
    Recipient,
    conclude_faults,
    disposition_faults,
    opinion_faults,
    sending_faults,
    silent,
)

TODAY = date(2026, 11, 23)
UNTIL = date(2026, 12, 10)
AT = datetime(2026, 11, 23, tzinfo=UTC)
CLEAN = Recipient(1, Asked.EXECUTING, "clean", "保洁公司")
CARE = Recipient(2, Asked.SUPERVISING, "care", "物业科")
GUESTS = Recipient(3, Asked.CUSTOMER, None, "机关办公室")
ALL = [CLEAN, CARE, GUESTS]


def said(recipient, text="", outcome=None, number=1):
    return Opinion(f"o{number}-{recipient.id}", recipient.id, "", text, "某人", AT, outcome)


AGREED = [said(each) for each in ALL]


def test_lc_1_given_all_three_sides_and_time_when_sent_then_nothing_is_wrong():
    assert sending_faults(Asked, UNTIL, TODAY) == {}


def test_lc_1_given_a_side_left_out_when_sent_then_it_is_named():
    for left in Asked:
        assert set(sending_faults(set(Asked) - {left}, UNTIL, TODAY)) == {"recipients"}


def test_lc_1_given_no_time_to_answer_when_sent_then_refused():
    assert set(sending_faults(Asked, TODAY, TODAY)) == {"comment_to"}
    assert set(sending_faults(Asked, None, TODAY)) == {"comment_to"}
    assert sending_faults(Asked, date(2026, 11, 24), TODAY) == {}


def test_lc_1_given_an_answer_when_it_says_both_or_nothing_then_refused():
    assert opinion_faults("改", "", agrees=False) == {} == opinion_faults("", "", agrees=True)
    assert set(opinion_faults("", "", agrees=False)) == {"text"} == set(opinion_faults("改", "", agrees=True))


def test_lc_1_given_an_answer_when_it_is_too_long_then_refused():
    assert opinion_faults("改" * LONGEST, "5" * 40, agrees=False) == {}
    assert set(opinion_faults("改" * (LONGEST + 1), "", agrees=False)) == {"text"}
    assert set(opinion_faults("改", "5" * 41, agrees=False)) == {"text"}


def test_lc_1_given_a_disposition_when_not_in_full_then_the_reason_is_asked_for():
    assert disposition_faults("adopted", "") == {}
    assert set(disposition_faults("partly", "")) == {"reason"} == set(disposition_faults("declined", ""))
    assert disposition_faults("partly", "已合并") == {} == disposition_faults("declined", "与国标不符")
    assert set(disposition_faults("maybe", "x")) == {"outcome"}
    assert set(disposition_faults("adopted", "长" * (LONGEST + 1))) == {"reason"}


def test_lc_1_given_an_opinion_when_it_has_words_and_no_disposition_then_it_is_open():
    assert said(CLEAN, "改").open
    assert not said(CLEAN).open and not said(CLEAN, "改", Outcome.ADOPTED).open


def test_lc_1_given_some_answers_when_asked_who_is_silent_then_the_others():
    assert silent(ALL, [said(CARE)]) == [CLEAN, GUESTS]


def test_lc_1_given_all_agree_when_concluded_then_nothing_is_wrong():
    assert conclude_faults(ALL, AGREED, UNTIL, TODAY) == {}


def test_lc_1_given_somebody_silent_when_the_day_has_not_passed_then_they_are_waited_for():
    heard = [said(CARE), said(GUESTS)]

    assert set(conclude_faults(ALL, heard, UNTIL, UNTIL)) == {"opinions"}
    assert conclude_faults(ALL, heard, UNTIL, date(2026, 12, 11)) == {}
    assert set(conclude_faults(ALL, heard, None, TODAY)) == {"opinions"}


def test_lc_1_given_no_customer_heard_when_concluded_then_their_view_is_asked_for():
    assert set(conclude_faults(ALL, [said(CLEAN), said(CARE)], UNTIL, date(2027, 1, 1))) == {"customers"}


def test_lc_1_given_an_opinion_without_disposition_when_concluded_then_it_is_counted():
    faults = conclude_faults(ALL, [*AGREED, said(CLEAN, "改", number=2), said(CARE, "删", number=3)], UNTIL, TODAY)

    assert set(faults) == {"dispositions"} and "2" in str(faults["dispositions"])


def test_lc_1_given_a_reason_when_it_is_as_long_as_may_be_then_it_is_taken_and_one_more_is_too_long():
    assert disposition_faults(Outcome.DECLINED, "长" * LONGEST) == {}
    assert set(disposition_faults(Outcome.DECLINED, "长" * (LONGEST + 1))) == {"reason"}
