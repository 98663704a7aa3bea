"""Counts of windows against a naive recount, and the worked example of the rules."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from app.schedule.rules_states import State
from app.stats.rules import Counts, Line, added, counts_of, total
from app.stats.rules_measures import (
    COMPLETION,
    CONFORMITY,
    HANDOVER,
    HOLIDAY,
    KEY_EVIDENCE,
    ON_TIME,
    PHOTO_EVIDENCE,
    PHOTOS_SENT,
    PHOTOS_VALID,
    SCANNED,
    reported_share,
    too_much_reported,
)
from app.tallies.rules_rates import Rate
from app.web.filters import percent


def shown(measure, counts):
    rate = measure.rate(counts)
    return percent(rate.numerator, rate.denominator)


def lines_of(**states):
    return [Line(State(state)) for state, times in states.items() for _ in range(times)]


def test_given_the_worked_example_when_counted_then_every_figure_is_that_of_the_rules():
    counts = total(lines_of(in_window=98, in_grace=8, late=5, missed=3))
    given_counts = Counts(key_due=420, key_evidenced=409, photos_due=300, photos_sent=291, photos_valid=285)

    assert counts.due == 114
    assert (shown(ON_TIME, counts), shown(COMPLETION, counts)) == ("93.0%", "97.4%")
    assert shown(KEY_EVIDENCE, given_counts) == "97.4%"
    assert shown(PHOTO_EVIDENCE, given_counts) == "95.0%"
    assert (shown(PHOTOS_SENT, given_counts), shown(PHOTOS_VALID, given_counts)) == ("97.0%", "97.9%")


def test_given_two_of_the_example_exempted_when_counted_then_they_leave_both_sides():
    counts = total(lines_of(in_window=96, exempt=2, in_grace=8, late=5, missed=3))

    assert (counts.on_time, counts.due, counts.reported) == (104, 112, 2)
    assert shown(ON_TIME, counts) == "92.9%"


def test_given_nothing_due_when_shown_then_a_dash_stands_there():
    assert shown(ON_TIME, Counts()) == "—"
    assert shown(HOLIDAY, total(lines_of(in_window=3))) == "—"


def test_given_a_report_that_waits_for_its_verdict_when_counted_then_it_is_neither_due_nor_missed():
    counts = total(lines_of(unable=1, in_window=1))

    assert (counts.due, counts.missed, counts.reported, counts.planned) == (1, 0, 1, 2)


def test_given_a_void_window_when_counted_then_it_is_nowhere():
    assert total(lines_of(void=4)) == Counts()


def test_given_one_not_yet_known_when_counted_then_it_stays_due_and_is_not_done():
    counts = total(lines_of(unknown=1, in_window=3))

    assert (counts.due, counts.done, counts.unknown) == (4, 3, 1)


def test_given_a_missed_window_when_key_evidence_is_counted_then_its_key_steps_are_due():
    lines = [Line(State.IN_WINDOW, key_due=4, key_evidenced=4), Line(State.MISSED, key_due=4)]

    assert KEY_EVIDENCE.of(total(lines)) == Rate(4, 8)


def test_given_exempt_windows_with_steps_when_counted_then_their_steps_leave_every_denominator():
    counts = total([Line(State.EXEMPT, key_due=4, photos_due=2, steps_pass=3, day_type="holiday", kind="handover")])

    assert counts == Counts(reported=1)


def test_given_a_handover_for_two_when_one_signature_lacks_then_it_is_not_covered():
    two, one = (
        Line(State.IN_WINDOW, kind="handover", dual_due=True, signed=True),
        Line(State.IN_WINDOW, kind="handover"),
    )
    unsigned = Line(State.IN_GRACE, kind="handover", dual_due=True)
    late = Line(State.LATE, kind="handover", dual_due=True, signed=True)

    assert HANDOVER.of(total([two, one, unsigned, late])) == Rate(2, 4)


def test_given_a_holiday_when_counted_then_only_its_own_windows_are_covered():
    lines = [Line(State.IN_GRACE, day_type="holiday"), Line(State.LATE, day_type="holiday"), Line(State.IN_WINDOW)]

    assert HOLIDAY.of(total(lines)) == Rate(1, 2)


def test_given_codes_typed_by_hand_when_counted_then_the_scan_rate_is_of_the_done_ones():
    lines = [Line(State.IN_WINDOW, scanned=True), Line(State.LATE, scanned=False), Line(State.MISSED)]

    assert SCANNED.of(total(lines)) == Rate(1, 2)


def test_given_an_honest_fail_when_counted_then_only_conformity_says_so():
    honest = Line(State.IN_WINDOW, steps_pass=9, steps_fail=1, key_due=3, key_evidenced=3, key_pass=2)

    counts = counts_of(honest)

    assert CONFORMITY.of(counts) == Rate(9, 10)
    assert KEY_EVIDENCE.of(counts) == Rate(3, 3)
    assert ON_TIME.of(counts) == COMPLETION.of(counts) == Rate(1, 1)


def test_given_one_report_in_twenty_when_judged_then_the_limit_is_passed_only_above_it():
    at_limit = total(lines_of(exempt=1, in_window=19))
    above = total(lines_of(unable=1, in_window=18))

    assert reported_share(at_limit).share.denominator == 20
    assert not too_much_reported(at_limit)
    assert too_much_reported(above)
    assert not too_much_reported(Counts())


numbers = st.integers(0, 6)
lines = st.builds(
    Line,
    state=st.sampled_from(State),
    day_type=st.sampled_from(["workday", "restday", "holiday"]),
    kind=st.sampled_from(["regular", "handover"]),
    dual_due=st.booleans(),
    signed=st.booleans(),
    scanned=st.booleans(),
    short_visit=st.booleans(),
    steps_pass=numbers,
    steps_fail=numbers,
    key_due=numbers,
    key_evidenced=numbers,
    photos_due=numbers,
    photos_sent=numbers,
    photos_valid=numbers,
)


@given(st.lists(lines, max_size=30))
def test_given_any_windows_when_measured_then_a_naive_recount_agrees(some):
    due = [each for each in some if each.state.value not in ("exempt", "void", "unable")]
    on_time = [each for each in due if each.state.value in ("in_window", "in_grace")]
    done = on_time + [each for each in due if each.state.value == "late"]
    handovers = [each for each in due if each.kind == "handover"]

    counts = total(some)

    assert ON_TIME.of(counts) == Rate(len(on_time), len(due))
    assert COMPLETION.of(counts) == Rate(len(done), len(due))
    assert KEY_EVIDENCE.of(counts) == Rate(sum(e.key_evidenced for e in due), sum(e.key_due for e in due))
    assert PHOTO_EVIDENCE.of(counts) == Rate(sum(e.photos_valid for e in due), sum(e.photos_due for e in due))
    assert CONFORMITY.of(counts).denominator == sum(e.steps_pass + e.steps_fail for e in due)
    assert HOLIDAY.of(counts) == Rate(*(sum(e.day_type == "holiday" for e in group) for group in (on_time, due)))
    assert HANDOVER.of(counts) == Rate(
        sum(e in on_time and (e.signed or not e.dual_due) for e in handovers),
        len(handovers),
    )
    assert SCANNED.of(counts) == Rate(sum(e.scanned for e in done), len(done))
    assert counts.short == sum(e.short_visit for e in done)
    assert counts.found == sum(bool(e.steps_fail) for e in due)
    parts = (counts.on_time, counts.late, counts.missed, counts.unknown, counts.waiting, counts.reported)
    assert sum(parts) == counts.planned == sum(each.state is not State.VOID for each in some)


@given(st.lists(lines, max_size=20), st.integers(0, 20))
def test_given_any_split_when_added_up_then_the_sum_is_the_whole(some, cut):
    parts = [total(some[:cut]), total(some[cut:])]

    assert parts[0] + parts[1] == added(parts) == total(some)


def test_given_counts_when_added_then_every_field_is():
    one = Counts(**{name: position for position, name in enumerate(asdict(Counts()))})

    assert asdict(one + one) == {name: 2 * position for position, name in enumerate(asdict(Counts()))}
    assert added([]) == Counts()
