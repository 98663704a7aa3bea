"""Rows of the workbook of standards: documents, and faults by the cell that is meant."""

from datetime import date

import pytest

from app.exchange.rules import Parsed
from app.exchange.rules_sheets import STANDARDS, STEPS, WINDOWS
from app.exchange.rules_standards import documents_of, standards_faults
from app.standards.rules_document import faults_of

TODAY = date(2026, 11, 23)
HEAD = {
    "key": "甲", "title": "母婴室日常保洁", "title_en": "", "place": "05003", "unit": "care", "leader": "std",
    "due_on": "2027-03-31", "minutes": 12, "public": True, "summary": "", "necessity": "",
}  # fmt: skip
STEP = {
    "standard": "甲", "id": "S01", "title": "台面", "requirement": "无污渍", "key": False, "evidence": "none",
    "photos": "", "unit": "", "min": "", "max": "", "limit_basis": "", "choices": (), "passing": (), "seconds": "",
    "safety": "", "clause": "",
}  # fmt: skip
WINDOW = {
    "standard": "甲", "schedule": "A", "label": "", "repeats": "FREQ=DAILY", "days": ("workday",),
    "first_on": "2027-01-04", "start": "08:00", "end": "09:00", "next_day": "", "profile": "full", "minutes": "",
}  # fmt: skip


def rows(plan, *several):
    return [
        Parsed(plan.name, 4 + at, values, {column.key: f"{column.key}{4 + at}" for column in plan.columns})
        for at, values in enumerate(several)
    ]


def judged(heads=(HEAD,), steps=(STEP,), windows=(WINDOW,), taken=()):
    found = standards_faults(
        rows(STANDARDS, *heads), rows(STEPS, *steps), rows(WINDOWS, *windows), taken, TODAY
    )  # fmt: skip
    return [(fault.sheet, fault.cell, str(fault.sentence)) for fault in found]


def only(found, sheet, cell, word=""):
    assert [each[:2] for each in found] == [(sheet, cell)], found
    assert word in found[0][2]


def test_given_rows_that_hold_when_judged_then_no_faults_and_the_document_can_be_published():
    document = documents_of([HEAD], [STEP], [WINDOW])["甲"]

    assert judged() == []
    assert faults_of(document) == ()
    assert (document["title"], document["public"], document["expected_minutes"]) == ("母婴室日常保洁", True, 12)
    assert (document["number"], document["code"], document["year"]) == ("", "", 0)
    assert (document["title_en"], document["summary"]) == (None, None)


def test_given_every_kind_of_evidence_when_made_into_steps_then_each_has_what_it_needs():
    steps = [
        STEP | {"seconds": 30, "safety": "当心地滑", "clause": "5.1"},
        STEP | {"id": "S02", "evidence": "photo", "key": True},
        STEP | {"id": "S03", "evidence": "photo", "photos": 3},
        STEP | {"id": "S04", "evidence": "number", "unit": "℃", "min": 20, "max": 26.5, "limit_basis": "GB 1"},
        STEP | {"id": "S05", "evidence": "choice", "choices": ("好", "差"), "passing": ("好",)},
        STEP | {"id": "S06", "unit": "℃", "min": 1, "choices": ("好",), "photos": 2},
    ]

    made = documents_of([HEAD | {"title_en": "Room", "summary": "提要"}], steps, [])["甲"]
    by_id = {step["id"]: step for step in made["steps"]}

    assert judged(steps=steps, windows=()) == []
    assert (made["title_en"], made["summary"]) == ("Room", "提要")
    assert list(by_id) == ["S01", "S02", "S03", "S04", "S05", "S06"]
    assert [by_id["S01"][name] for name in ("min_seconds", "safety", "clause")] == [30, "当心地滑", "5.1"]
    assert by_id["S01"]["requirement"] == "无污渍"
    assert [by_id["S02"][name] for name in ("min_seconds", "safety", "clause", "key")] == [5, None, None, True]
    assert (by_id["S02"]["photo_min"], by_id["S03"]["photo_min"]) == (1, 3)
    assert [by_id["S04"][name] for name in ("unit", "min", "max", "limit_basis")] == ["℃", 20, 26.5, "GB 1"]
    assert [by_id["S05"][name] for name in ("choices", "pass_choices")] == [["好", "差"], ["好"]]
    assert [by_id["S06"][name] for name in ("unit", "min", "choices")] == [None, None, None]
    assert "photo_min" not in by_id["S06"]


def test_given_rows_of_one_schedule_when_made_then_it_has_a_window_for_each():
    windows = [
        WINDOW | {"label": "每天"},
        WINDOW
        | {"label": "每天", "start": "22:00", "end": "02:00", "next_day": True, "minutes": 20, "profile": "deep"},
        WINDOW | {"schedule": "B", "repeats": "FREQ=WEEKLY;BYDAY=MO", "days": ("workday", "holiday")},
    ]

    first, second = documents_of([HEAD], [STEP], windows)["甲"]["schedules"]

    assert judged(windows=windows) == []
    assert (first["id"], first["label_zh"], first["rrule"], first["dtstart"]) == ("A", "每天", "FREQ=DAILY", "20270104")
    assert [(each["id"], each["start"], each["end"]) for each in first["windows"]] == [
        ("A1", "08:00", "09:00"), ("A2", "22:00", "02:00"),
    ]  # fmt: skip
    assert [each["end_day_offset"] for each in first["windows"]] == [0, 1]
    assert [each["expected_minutes"] for each in first["windows"]] == [None, 20]
    assert [each["profile"] for each in first["windows"]] == ["full", "deep"]
    assert (second["id"], second["day_types"], second["windows"][0]["id"]) == ("B", ["workday", "holiday"], "B1")


def test_given_two_standards_when_made_then_each_has_its_own_rows():
    other = HEAD | {"key": "乙", "title": "别的"}
    made = documents_of([HEAD, other], [STEP, STEP | {"standard": "乙", "id": "S09"}], [WINDOW])

    assert [step["id"] for step in made["乙"]["steps"]] == ["S09"]
    assert [step["id"] for step in made["甲"]["steps"]] == ["S01"]
    assert (len(made["甲"]["schedules"]), made["乙"]["schedules"]) == (1, [])


@pytest.mark.parametrize(
    ("changes", "cell", "word"),
    [
        ({"title": ""}, "title4", "title"),
        ({"due_on": "2026-11-22"}, "due_on4", "ahead"),
        ({"minutes": 2000}, "title4", "minutes"),
    ],
)
def test_given_a_head_that_does_not_hold_when_judged_then_its_cell(changes, cell, word):
    only(judged([HEAD | changes]), "标准", cell, word)


def test_given_the_day_of_today_when_judged_then_it_may_be_due():
    assert judged([HEAD | {"due_on": TODAY.isoformat()}]) == []


def test_given_a_title_that_is_taken_or_stands_twice_when_judged_then_its_cell():
    other = HEAD | {"key": "乙"}

    only(judged(taken=["母婴室日常保洁"]), "标准", "title4", "title")
    only(judged([HEAD, other], [STEP, STEP | {"standard": "乙"}]), "标准", "title5", "title")


def test_given_rows_of_no_standard_when_judged_then_their_key():
    stray = judged(steps=[STEP, STEP | {"standard": "丙"}], windows=[WINDOW, WINDOW | {"standard": "丁"}])

    assert [each[:2] for each in stray] == [("步骤", "standard5"), ("日程", "standard5")]


def test_given_a_standard_without_steps_when_judged_then_its_title():
    only(judged(steps=()), "标准", "title4", "no steps")


@pytest.mark.parametrize(
    ("changes", "cell", "word"),
    [
        ({"evidence": "number", "unit": "℃", "min": 30, "max": 20}, "min4", "above"),
        ({"evidence": "number", "min": 1}, "unit4", "unit"),
        ({"evidence": "choice", "choices": ("好",), "passing": ("好",)}, "choices4", "two"),
        ({"evidence": "choice", "choices": ("好", "差"), "passing": ()}, "choices4", "pass"),
        ({"evidence": "photo", "photos": 10}, "photos4", "photos"),
        ({"key": True}, "title4", "trace"),
        ({"id": "1"}, "title4", "name of its own"),
    ],
)
def test_given_a_step_that_does_not_hold_when_judged_then_its_cell(changes, cell, word):
    only(judged(steps=[STEP | changes]), "步骤", cell, word)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"end": "07:00"}, "ends before"),
        ({"repeats": "x"}, "how often"),
        ({"repeats": "FREQ=WEEKLY;BYDAY=TU"}, "first day"),
        ({"minutes": 61}, "longer"),
    ],
)
def test_given_a_schedule_that_does_not_hold_when_judged_then_its_first_row(changes, word):
    only(judged(windows=[WINDOW | changes]), "日程", "start4", word)


def test_given_a_fault_in_a_later_row_of_a_schedule_when_judged_then_the_first_row_is_named():
    only(judged(windows=[WINDOW, WINDOW | {"start": "10:00", "end": "09:00"}]), "日程", "start4", "ends before")


@pytest.mark.parametrize("column", ["repeats", "days", "first_on", "label"])
def test_given_rows_that_say_otherwise_of_one_schedule_when_judged_then_the_second_one(column):
    values = {"repeats": "FREQ=DAILY;INTERVAL=2", "days": ("holiday",), "first_on": "2027-01-05", "label": "别的"}

    only(judged(windows=[WINDOW, WINDOW | {"start": "10:00", "end": "11:00", column: values[column]}]),
         "日程", f"{column}5", "4")  # fmt: skip


def test_given_as_many_as_there_may_be_when_judged_then_they_hold_and_one_more_is_named():
    steps = [STEP | {"id": f"S{number:03}"} for number in range(1, 122)]
    windows = [WINDOW | {"schedule": letter} for letter in "ABCDEFGHIJKLM"]

    assert judged(steps=steps[:120], windows=windows[:12]) == []
    only(judged(steps=steps), "步骤", "id124", "120")
    only(judged(windows=windows), "日程", "schedule16", "12")
