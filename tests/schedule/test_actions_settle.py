import threading
from datetime import timedelta

import pytest

from app.db import atomically
from app.refusals import Stale
from app.schedule.actions import (
    Filling,
    claim_occurrence,
    fill_occurrence,
    judge_unable,
    phone_called,
    phone_fetched,
    release_occurrence,
    report_unable,
    sign_occurrence,
)
from app.schedule.actions_settle import settle_states
from app.schedule.queries import next_occurrence, occurrence_by_id, occurrences_of_person, open_occurrences
from app.schedule.rules_states import Phase, State
from app.schedule.writes import set_columns
from tests.support import builders
from tests.support.builders import NOW
from tests.support.duties import minutes, notes, rows

# The small world's window began ten minutes before NOW, is 50 minutes long, has 15 of grace and expires after 4 hours.
GRACE_END, EXPIRY = NOW + minutes(55), NOW + minutes(230)


COUNTED = (
    "steps_pass", "steps_fail", "key_due", "key_evidenced", "key_pass", "photos_due", "photos_sent", "photos_valid",
)  # fmt: skip
MARKED = ("helped", "offline", "short_visit", "awaiting_signature", "signed")


def filling(state=State.IN_WINDOW, check_id="c-1", **values):
    usual = {"done_at": NOW, "done_by_id": "ann", **dict.fromkeys(COUNTED, 1), **dict.fromkeys(MARKED, False)}
    return Filling(state=state, check_id=check_id, **{**usual, **values})


def the_one():
    builders.small_world()
    return rows("id")[0][0]


def deed(work):
    return atomically(work)


def state_of(occurrence_id):
    return occurrence_by_id(occurrence_id).state


def test_given_nobody_came_when_the_timer_settles_then_it_is_missed_only_after_expiry_and_once(inside):
    one = the_one()

    assert deed(lambda: settle_states(EXPIRY)) == 0
    assert deed(lambda: settle_states(EXPIRY + minutes(1))) == 1
    assert deed(lambda: settle_states(EXPIRY + minutes(2))) == 0

    assert state_of(one) is State.MISSED
    assert notes() == [(one, "missed", None)]


def test_given_a_phone_that_fetched_when_it_stays_silent_then_it_is_unknown_for_a_day_and_then_missed(inside):
    one = the_one()
    deed(lambda: phone_fetched([one], "ann", NOW))

    deed(lambda: settle_states(GRACE_END + minutes(1)))
    assert state_of(one) is State.UNKNOWN
    deed(lambda: settle_states(GRACE_END + timedelta(hours=24)))
    assert state_of(one) is State.UNKNOWN
    deed(lambda: settle_states(GRACE_END + timedelta(hours=24, minutes=1)))

    assert state_of(one) is State.MISSED


def test_given_a_silent_phone_when_it_calls_again_without_a_record_then_the_clock_decides(inside):
    one = the_one()
    deed(lambda: phone_fetched([one], "ann", NOW))
    deed(lambda: settle_states(GRACE_END + minutes(1)))
    deed(lambda: phone_called("ann", GRACE_END + minutes(2)))

    deed(lambda: settle_states(GRACE_END + minutes(3)))
    assert state_of(one) is State.PLANNED
    deed(lambda: settle_states(EXPIRY + minutes(1)))

    assert state_of(one) is State.MISSED


def test_given_a_call_that_arrives_late_when_a_newer_one_is_known_then_the_newer_stays(inside):
    one = the_one()
    deed(lambda: phone_fetched([one], "ann", NOW))
    deed(lambda: phone_called("ann", GRACE_END + minutes(2)))
    deed(lambda: phone_called("ann", NOW))

    deed(lambda: settle_states(EXPIRY + minutes(1)))

    assert state_of(one) is State.MISSED


@pytest.mark.parametrize("settled", [True, False])
def test_given_a_missed_or_open_one_when_a_check_fills_it_then_it_is_done_by_that_check(inside, settled):
    one = the_one()
    if settled:
        deed(lambda: settle_states(EXPIRY + minutes(1)))

    filled = deed(lambda: fill_occurrence(one, filling(State.LATE), NOW, "ann"))

    found = occurrence_by_id(one)
    assert filled
    assert (found.state, found.check_id, found.done_by_id, found.done_at) == (State.LATE, "c-1", "ann", NOW)
    assert deed(lambda: settle_states(EXPIRY + timedelta(days=9))) == 0


def test_given_a_done_one_when_a_second_check_comes_then_it_fills_nothing(inside):
    one = the_one()
    deed(lambda: fill_occurrence(one, filling(), NOW, "ann"))

    again = deed(lambda: fill_occurrence(one, filling(State.LATE, "c-2"), NOW, "ben"))

    assert not again
    assert occurrence_by_id(one).check_id == "c-1"
    assert [kind for _one, kind, _by in notes()] == ["filled"]


def test_given_a_state_that_is_no_done_one_when_a_check_fills_with_it_then_it_is_refused(inside):
    one = the_one()

    with pytest.raises(ValueError, match="missed"):
        deed(lambda: fill_occurrence(one, filling(State.MISSED), NOW, "ann"))

    assert state_of(one) is State.PLANNED


def test_given_a_check_that_waits_when_the_second_signs_then_it_is_signed_once(inside):
    one = the_one()
    deed(lambda: fill_occurrence(one, filling(awaiting_signature=True), NOW, "ann"))

    assert deed(lambda: sign_occurrence(one, "c-1", NOW, "ben"))
    assert not deed(lambda: sign_occurrence(one, "c-1", NOW, "ben"))

    assert rows("awaiting_signature", "signed") == [(False, True)]


def test_given_an_occupied_place_when_it_is_reported_twice_then_it_is_exempt_without_a_judge(inside):
    one = the_one()

    first = deed(lambda: report_unable(one, "occupied", "c-1", "ann", NOW))
    second = deed(lambda: report_unable(one, "occupied", "c-2", "ann", NOW + minutes(20)))

    assert (first, second) == (State.UNABLE, State.EXEMPT)
    assert deed(lambda: report_unable(one, "occupied", "c-3", "ann", NOW)) is None


def test_given_a_report_when_time_passes_then_it_is_not_missed_and_may_still_be_done(inside):
    one = the_one()
    deed(lambda: report_unable(one, "locked", "c-1", "ann", NOW))

    assert deed(lambda: settle_states(EXPIRY + timedelta(days=3))) == 0
    assert [each.id for each in open_occurrences("p1", NOW + minutes(30))] == [one]
    assert deed(lambda: fill_occurrence(one, filling(State.IN_GRACE), NOW, "ann"))


@pytest.mark.parametrize(("accepted", "state"), [(True, State.EXEMPT), (False, State.MISSED)])
def test_given_a_report_when_it_is_judged_then_yes_exempts_and_no_leaves_it_to_the_clock(inside, accepted, state):
    one = the_one()
    deed(lambda: report_unable(one, "locked", "c-1", "ann", NOW))

    after = deed(lambda: judge_unable(one, accepted=accepted, by_id="sue", at=EXPIRY + minutes(1)))

    assert after is state is state_of(one)
    with pytest.raises(Stale):
        deed(lambda: judge_unable(one, accepted=accepted, by_id="sue", at=EXPIRY + minutes(2)))


def test_given_a_refused_report_when_it_is_reported_again_in_time_then_it_waits_anew(inside):
    one = the_one()
    deed(lambda: report_unable(one, "locked", "c-1", "ann", NOW))
    assert deed(lambda: judge_unable(one, accepted=False, by_id="sue", at=NOW + minutes(5))) is State.PLANNED

    again = deed(lambda: report_unable(one, "outage", "c-2", "ann", NOW + minutes(10)))

    assert again is State.UNABLE


def test_given_two_people_when_both_claim_then_the_first_holds_it_until_released_or_taken_over(inside):
    one = the_one()

    assert deed(lambda: claim_occurrence(one, "ann", NOW))
    assert deed(lambda: claim_occurrence(one, "ann", NOW))
    assert not deed(lambda: claim_occurrence(one, "ben", NOW))
    assert not deed(lambda: release_occurrence(one, "ben", NOW))
    assert deed(lambda: claim_occurrence(one, "ben", NOW, takeover=True))
    assert deed(lambda: release_occurrence(one, "ben", NOW))

    assert occurrence_by_id(one).claimed_by_id is None


@pytest.mark.parametrize("state", ["in_window", "in_grace", "late", "missed"])
def test_gr9_given_a_claimed_window_that_is_over_when_given_back_then_it_stays_whose_it_was(inside, state):
    one = the_one()
    deed(lambda: claim_occurrence(one, "ann", NOW))
    deed(lambda: set_columns(one, {"state": state}))

    assert not deed(lambda: release_occurrence(one, "ann", NOW))

    assert occurrence_by_id(one).claimed_by_id == "ann"


def test_given_a_point_when_its_windows_are_asked_then_open_next_and_own_are_told_apart(inside):
    builders.small_world()
    later = builders.occurrence(window="A3", start=NOW + minutes(200), assignee_id="ann")
    eve = builders.occurrence(window="A9", start=NOW - minutes(600), business_on=NOW.date() - timedelta(days=1),
                              assignee_id="ann", expire_at=NOW + minutes(5))  # fmt: skip

    opened = open_occurrences("p1", NOW)

    assert [each.window_key for each in opened] == ["2026-11-22/A/A9", "2026-11-23/A/A2"]
    assert [each.phase(NOW) for each in opened] == [Phase.OVERTIME, Phase.OPEN]
    assert next_occurrence("p1", NOW).id == later
    assert next_occurrence("p1", NOW, codes=["other"]) is None
    assert [each.id for each in occurrences_of_person("ann", NOW.date(), NOW)] == [eve, later]
    assert [each.id for each in occurrences_of_person("ann", NOW.date())] == [later]
    assert opened[0].reference == "JGSW05003.01/A/A9"


def test_given_two_timers_at_once_when_both_settle_then_each_occurrence_is_noted_once(inside):
    builders.small_world()
    for number in range(40):
        builders.occurrence(window=f"B{number}")
    start, changed = threading.Barrier(3), []

    def work():
        with inside.app_context():
            start.wait()
            changed.append(atomically(lambda: settle_states(EXPIRY + minutes(1))))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(changed) == 41
    assert len(notes()) == len(set(notes())) == 41
