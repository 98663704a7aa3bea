"""A sheet of verdicts as pure values: nothing fails without a reason, undoing goes back exactly one sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spotchecks.rules_review import (
    NO_VERDICT,
    REASONS,
    UNKNOWN_VERDICT,
    Opinion,
    Reason,
    Sheet,
    Verdict,
    fault_of,
    faults_of,
    last_of,
    next_open,
    overall,
    standing,
    tidy,
    with_the_rest,
)
from tests.support.builders import NOW

STEPS = ("S01", "S02", "S03", "S04")
words = st.text(max_size=12)
opinions = st.builds(
    Opinion,
    st.sampled_from([*STEPS, "S99"]),
    st.sampled_from([*map(str, Verdict), "", "perfect"]),
    st.sampled_from(["", *map(str, Reason), "nonsense"]),
    words,
)


def sheets_of(undone, by="rita", handed=()):
    return [
        Sheet(f"s{nth}", "i1", "d1", nth, by, by, None, NOW, gone, nth in handed) for nth, gone in enumerate(undone, 1)
    ]


@pytest.mark.parametrize(
    ("opinion", "fits"),
    [
        (Opinion("S01", "pass"), True),
        (Opinion("S01", "fail"), False),
        (Opinion("S01", "fail", "dirty"), True),
        (Opinion("S01", "fail", "blurred"), False),
        (Opinion("S01", "fail", "other"), False),
        (Opinion("S01", "fail", "other", "  "), False),
        (Opinion("S01", "fail", "other", "地漏堵塞"), True),
        (Opinion("S01", "unseen"), True),
        (Opinion("S01", "unseen", "dark"), True),
        (Opinion("S01", "unseen", "dirty"), False),
        (Opinion("S01", "pass", "dirty"), False),
        (Opinion("S01", ""), False),
        (Opinion("S01", "perfect"), False),
    ],
)
def test_given_an_opinion_when_checked_then_a_fail_needs_a_fitting_reason(opinion, fits):
    assert (fault_of(opinion) is None) is fits


def test_given_no_verdict_or_nonsense_when_checked_then_the_sentences_differ():
    assert fault_of(Opinion("S01", "")) is NO_VERDICT
    assert fault_of(Opinion("S01", "perfect")) is UNKNOWN_VERDICT


@given(st.lists(opinions, max_size=6))
def test_given_any_opinions_when_checked_then_each_accepted_sheet_speaks_of_every_step_and_of_no_other(given_ones):
    found = faults_of(STEPS, given_ones)

    said = {each.step_id: each for each in given_ones}
    if not found:
        assert set(said) == set(STEPS)
        assert all(each.reason in REASONS[Verdict.FAILS] for each in said.values() if each.failed)
    assert list(found) == [*[step for step in STEPS if step in found], *[step for step in found if step not in STEPS]]


@given(st.lists(opinions, max_size=6))
def test_given_any_opinions_when_the_rest_is_fine_then_nothing_said_is_lost_and_nothing_is_missing(given_ones):
    whole = {each.step_id: each for each in with_the_rest(STEPS, given_ones)}

    said = {each.step_id: each for each in given_ones if each.verdict}
    assert said.items() <= whole.items()
    assert all(whole[step].verdict == Verdict.CONFORMS for step in STEPS if step not in said)


def test_given_nothing_singled_out_when_swept_then_the_whole_record_conforms():
    whole = with_the_rest(STEPS, [])

    assert faults_of(STEPS, whole) == {}
    assert overall(whole) is Verdict.CONFORMS


@pytest.mark.parametrize(
    ("said", "whole"),
    [(("pass", "unseen", "fail"), "fail"), (("pass", "unseen"), "unseen"), (("pass", "pass"), "pass"), ((), "pass")],
)
def test_given_verdicts_when_summed_up_then_the_worst_stands(said, whole):
    assert overall(Opinion(f"S{nth}", verdict) for nth, verdict in enumerate(said)) == whole


def test_given_words_on_a_step_that_conforms_when_kept_then_they_are_dropped_and_others_are_trimmed():
    assert tidy(Opinion("S01", "pass", "", "left over")) == Opinion("S01", "pass")
    assert tidy(Opinion("S01", "fail", "other", f"  {'长' * 600} ")).note == "长" * 500


@given(st.lists(st.booleans(), max_size=8))
def test_given_sheets_some_undone_when_asked_then_the_latest_left_stands(undone):
    found = standing(sheets_of(undone))

    left = [nth for nth, gone in enumerate(undone, 1) if not gone]
    assert (found.nth if found else None) == (left[-1] if left else None)


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_given_a_sheet_that_stands_when_undone_then_what_stood_before_stands_again(undone):
    before = standing(sheets_of([*undone, True]))

    assert standing(sheets_of(undone)) == before


def test_given_the_own_last_sheet_when_undo_is_asked_then_it_is_taken_and_never_anothers_nor_one_handed_in():
    mine, theirs = sheets_of([False, False]), sheets_of([False], by="ivan")

    assert last_of([*mine, *theirs], "rita").id == "s2"
    assert last_of(theirs, "rita") is None
    assert last_of(sheets_of([False, False], handed=(2,)), "rita") is None
    assert last_of(sheets_of([False, True]), "rita").id == "s1"


ORDER = ("a", "b", "c")


@pytest.mark.parametrize(
    ("here", "done", "following"),
    [
        (None, {}, "a"),
        ("a", {"a": True}, "b"),
        ("b", {"b": True}, "c"),
        ("c", {"c": True}, "a"),
        ("a", {"a": True, "b": True}, "c"),
        ("a", {}, "b"),
        ("gone", {"a": True}, "b"),
        ("a", dict.fromkeys(ORDER, True), None),
    ],
)
def test_given_a_list_when_going_on_then_the_next_open_record_comes(here, done, following):
    assert next_open(ORDER, here, done) == following


@given(st.sets(st.sampled_from(ORDER)), st.sampled_from([None, *ORDER]))
def test_given_any_progress_when_going_on_then_only_an_open_record_comes(done, here):
    found = next_open(ORDER, here, dict.fromkeys(done, True))

    assert (found is None) is (len(done) == len(ORDER))
    assert found not in done
