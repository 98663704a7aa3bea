"""The shape of contract point 2 word by word: phones in the field read these names."""

from datetime import UTC, datetime

from app.checks.rules import Place
from app.checks.rules_page import NextWindow, OpenWindow, PagePoint, PointPage, Recent, Unscheduled, page_steps
from tests.support.standards import edition, step_document

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STEP = {
    "id": "S01", "title": "出水温度", "title_en": "Outlet", "requirement": "测温", "requirement_en": "Measure",
    "key": True, "evidence": "choice", "unit": "℃", "min": None, "max": None, "warn": False, "inputs": None,
    "formula": None, "choices": ["好", "坏", "缺"], "pass_choices": ["好", "缺"], "finding_choices": ["缺"],
    "dual_sign_choices": ["好"], "dual_sign": True, "photo_min": 0, "prefill": None, "quick_text": "无",
    "applies_when": None, "min_seconds": 20, "safety": "防烫", "reference_photo": "a" * 64, "audio": "b" * 64,
    "declaration": True, "fail_action": "escalate",
}  # fmt: skip


def test_given_a_step_when_sent_then_every_name_of_the_contract_stands_with_its_value():
    (step,) = page_steps(edition(step_document(**STEP | {"step_id": "S01"})), {}, Place({}))

    assert step.as_json() == STEP


def test_given_a_step_without_choices_when_sent_then_they_are_null():
    (step,) = page_steps(edition(step_document("S01")), {}, Place({}))

    names = ("inputs", "formula", "choices", "pass_choices", "finding_choices", "dual_sign_choices")
    assert [step.as_json()[name] for name in names] == [None] * len(names)


def test_given_a_page_when_sent_then_windows_next_recent_and_unscheduled_stand_by_their_names():
    window = OpenWindow(
        7, "N-2026", "N", "日常保洁", "Cleaning", "2026-11-23/A/A2", "round", "上午巡回", "regular", START, START,
        START, START, "甲", "ann", "together", 8, {"task.profile": "round"}, ("weather.wet",), (), (), True, True,
        "planned", False,
    )  # fmt: skip
    page = PointPage(
        PagePoint("p1", "01-03-WC-01", "7K3QX9M2TA", "卫生间", "Restroom", "red", 2, True, "1号楼", "3F"),
        (window,),
        NextWindow("N-2026", "日常保洁", "2026-11-23/A/A3", START),
        (Recent("c1", START, "pass", "甲"),),
        (Unscheduled("N-2026", "日常保洁", ("full", "round")),),
    ).as_json()

    at = START.isoformat()
    assert page["point"] == {
        "code": "01-03-WC-01", "label_code": "7K3QX9M2TA", "name": "卫生间", "name_en": "Restroom", "zone": "red",
        "risk": 2, "photo_allowed": True, "building": "1号楼", "floor": "3F",
    }  # fmt: skip
    assert page["open"] == [
        {
            "standard": "N-2026", "title": "日常保洁", "title_en": "Cleaning", "window": "2026-11-23/A/A2",
            "profile": "round", "label": "上午巡回", "kind": "regular", "start": at, "end": at, "grace_end": at,
            "expire": at, "opens": None, "claimed_by": "甲", "confirm": "together", "expected_minutes": 8,
            "facts": {"task.profile": "round"}, "ask_facts": ["weather.wet"], "known_findings": [], "steps": [],
            "own": True, "may_submit": True, "state": "planned",
        }
    ]  # fmt: skip
    assert page["next"] == {"standard": "N-2026", "title": "日常保洁", "window": "2026-11-23/A/A3", "start": at}
    assert page["recent"] == [{"at": at, "result": "pass", "by": "甲"}]
    assert page["unscheduled"] == [{"standard": "N-2026", "title": "日常保洁", "profiles": ["full", "round"]}]
