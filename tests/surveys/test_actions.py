"""Deeds on a survey: made once a year, released, answered within its bounds, ended and sealed, reminded, wiped."""

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

import orjson
import pytest
from dateutil.relativedelta import relativedelta

from app.db import atomically
from app.messages.models import Message
from app.refusals import Conflict, Gone, Stale, TooMany
from app.surveys import actions
from app.surveys.actions_tending import remind, tend
from app.surveys.models import SurveyAnswer, SurveyMark, SurveyResult
from app.surveys.queries import questions_of, survey
from app.surveys.queries_report import report_of
from app.surveys.rules import Department, Question, State
from app.surveys.rules_walls import WALLS
from tests.support import surveying
from tests.support.builders import NOW
from tests.support.stored import rows_of
from tests.support.surveying import TODAY, answered, call, closed, drafted, invited, opened, secret

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world(app):
    with app.app_context():
        surveying.world()
        yield app


def tended(days=0, **months):
    at = NOW + timedelta(days=days) + relativedelta(**months)
    return atomically(lambda: tend(at, ZONE))


def test_given_a_year_when_a_second_survey_is_made_then_refused(world):
    drafted()

    with pytest.raises(Conflict):
        drafted()


def test_sa_2_given_last_years_survey_when_the_next_is_made_then_it_asks_the_same(world):
    drafted(2025, questions=[Question("保洁", "去年的问题？")])
    made = drafted(2026, questions=[Question("保洁", "去年的问题？")])

    head = survey(made)
    assert questions_of(made) == [Question("保洁", "去年的问题？")]
    assert (head.year, head.state) == (2026, State.DRAFT)


def test_given_a_page_that_is_old_when_questions_are_saved_then_nothing_is_overwritten(world):
    made = drafted()
    old = survey(made)
    atomically(lambda: actions.change_questions(old, [Question("安保", "问？")], old.revision))

    with pytest.raises(Stale):
        atomically(lambda: actions.change_questions(old, [Question("绿化", "问？")], old.revision))
    assert questions_of(made) == [Question("安保", "问？")]


def test_given_a_released_survey_when_its_questions_change_then_refused(world):
    head = survey(opened())

    with pytest.raises(Conflict):
        atomically(lambda: actions.change_questions(head, [Question("绿化", "问？")], head.revision))


def test_given_a_draft_without_departments_when_released_then_it_says_what_lacks(world):
    made = drafted()

    with pytest.raises(Conflict):
        atomically(lambda: actions.release(survey(made), call()))
    assert survey(made).state is State.DRAFT


def test_given_days_when_they_come_and_go_then_the_timer_opens_and_ends(world):
    made = opened(opens_on=TODAY + timedelta(days=3), days=4)

    seen = [survey(made).state]
    for days in (2, 3, 7, 8):
        tended(days)
        seen.append(survey(made).state)

    assert seen == [State.READY, State.READY, State.OPEN, State.OPEN, State.CLOSED]
    assert tended(9) == 0


def test_given_as_many_answers_as_were_asked_when_another_comes_then_refused_and_not_counted(world):
    made = opened(departments=(("办公室", 2),))
    for _each in range(2):
        answered(made, 5, 4)

    with pytest.raises(Conflict):
        answered(made, 5, 5)
    assert (len(rows_of(SurveyAnswer)), invited(made).answered) == (2, 2)


def test_given_an_answer_then_nothing_is_kept_that_says_who_or_when(world):
    made = opened()
    answered(made, 5, 0, words="好")

    (kept,), (mark,) = rows_of(SurveyAnswer), rows_of(SurveyMark)
    assert set(kept._mapping) == {"id", "survey_id", "invitation_id", "words"}
    assert (mark.no, mark.face) == (1, 5)


def test_given_a_survey_that_has_ended_when_an_answer_comes_then_gone(world):
    made = closed((1, "办公室", (5, 5)))

    with pytest.raises(Gone):
        answered(made, 5, 5)


def test_given_a_flood_from_one_device_when_the_wall_is_reached_then_the_rest_waits(world, monkeypatch):
    made = opened(departments=(("办公室", 500),))
    monkeypatch.setattr(surveying, "_visitors", iter([1] * 100))
    for _each in range(int(WALLS.device.capacity)):
        answered(made, 1, 1)

    with pytest.raises(TooMany):
        answered(made, 1, 1)
    assert len(rows_of(SurveyAnswer)) == WALLS.device.capacity


def test_given_a_department_with_answers_when_it_is_left_out_then_refused(world):
    made = opened()
    answered(made, 5, 5)

    for wanted in ([Department("财务处", 10)], [Department("办公室", 0)]):
        with pytest.raises(Conflict):
            atomically(lambda wanted=wanted: actions.invite(survey(made), wanted, secret()))
    changed = atomically(lambda: actions.invite(survey(made), [Department("办公室", 30)], secret()))
    assert (changed, invited(made).invited, survey(made).invited) == (2, 30, 30)


def test_given_the_end_then_the_counts_are_sealed_once_and_the_hash_is_theirs(world):
    made = closed((6, "办公室", (5, 3)), (5, "财务处", (1, 0)))

    (kept,) = rows_of(SurveyResult)
    assert kept.body == {
        "year": 2026, "invited": 30, "answers": 11,
        "topics": [{"topic": "保洁", "faces": [6, 0, 0, 0, 5]}, {"topic": "餐饮", "faces": [0, 0, 6, 0, 0]}],
    }  # fmt: skip
    assert kept.sha256 == hashlib.sha256(orjson.dumps(kept.body, option=orjson.OPT_SORT_KEYS)).hexdigest()
    assert atomically(lambda: actions.end(survey(made), "stan", NOW)) is False


def test_sa_7_given_two_years_when_reported_then_rates_stand_beside_last_year(world):
    closed((8, "办公室", (5, 5)), (2, "办公室", (2, 2)), year=2025)
    made = closed((6, "办公室", (3, 5)), (5, "财务处", (1, 0)))

    report = report_of(survey(made))

    rates = {line.group.name: (line.group.satisfied, line.group.strictly, line.before) for line in report.lines}
    cleaning, food = rates["保洁"], rates["餐饮"]
    assert [(each.numerator, each.denominator) for each in cleaning] == [(6, 11), (0, 11), (8, 10)]
    assert [(each.numerator, each.denominator) for each in food] == [(6, 6), (6, 6), (8, 10)]
    assert (report.satisfied.numerator, report.satisfied.denominator) == (12, 17)
    assert (report.returned_before.numerator, report.returned_before.denominator) == (10, 30)
    assert [each.name for each in report.departments.groups] == ["财务处", "办公室"]


def test_given_a_department_with_four_answers_then_neither_it_nor_the_other_is_shown(world):
    report = report_of(survey(closed((7, "办公室", (5, 5)), (4, "财务处", (1, 1)))))

    assert (report.departments.groups, report.departments.hidden_answers) == ((), 11)
    assert report.satisfied.denominator == 22


def test_given_four_answers_in_all_then_nothing_is_shown(world):
    made = opened()
    for _each in range(4):
        answered(made, 5, 5, words="很好")
    atomically(lambda: actions.end(survey(made), "stan", NOW))

    report = report_of(survey(made))

    assert report.small
    assert report.words == []


def test_ds_6_given_free_texts_when_two_years_have_passed_then_they_go_and_the_counts_stay(world):
    made = opened()
    for _each in range(5):
        answered(made, 5, 5, words="很好", beside="地很干净")
    atomically(lambda: actions.end(survey(made), "stan", NOW))

    assert tended(months=24) == 0
    assert tended(days=1, months=24) == 1

    assert {each.words for each in (*rows_of(SurveyAnswer), *rows_of(SurveyMark))} == {""}
    assert report_of(survey(made)).satisfied.denominator == 10
    assert survey(made).words_gone_at
    assert tended(days=2, months=24) == 0


def test_given_departments_with_accounts_when_reminded_then_each_contact_is_told_once_a_day(world):
    made = opened(departments=(("单位care", 3), ("办公室", 3)))
    told = [atomically(lambda: remind(survey(made), call(), secret())) for _twice in range(2)]

    (message,) = [each for each in rows_of(Message) if each.kind == "survey"]
    assert told == [(1, 1), (0, 1)]
    assert message.person_id == "sue"
    assert message.link.startswith("/s/")


def test_given_a_draft_when_dropped_then_it_is_gone_and_a_released_one_is_not(world):
    draft = drafted(2025)
    atomically(lambda: actions.drop(survey(draft)))
    made = opened()

    with pytest.raises(Conflict):
        atomically(lambda: actions.drop(survey(made)))
    assert survey(draft) is None
