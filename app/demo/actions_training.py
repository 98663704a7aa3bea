"""Training in the demo: everybody has learned what they do, but for a few cases that pages are there for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import insert

from app.checks.actions_standing import mark_standings
from app.db import run
from app.demo.compound import content
from app.demo.rules_lessons import answers, ends_on, lately
from app.training.actions_delivery import deliver_due
from app.training.models import (
    Attempt,
    Certificate,
    Delivery,
    LedgerEntry,
    Newcomer,
    Reading,
    Sitting,
    TrainingSetting,
)
from app.training.queries_people import Course, courses
from app.training.rules import probation_end
from app.training.rules_exam import judge, laid_out

TOLD = content("training")
A_DAY = timedelta(days=1)
MOST = 1_000_000


@dataclass(frozen=True)
class _School:
    """What is known while the demo is loaded."""

    now: datetime
    zone: tzinfo
    today: date
    learned: Mapping[str, Course]

    def at(self, on: date) -> datetime:
        return datetime.combine(on, time(9, 30), self.zone)

    def code(self, number: str) -> str:
        return self.learned[number].row.code


def play_training(now: datetime, zone: tzinfo) -> None:
    """Deliveries, readings, exams, certificates, newcomers, the ledger; from a day on only qualified people work."""
    today = now.astimezone(zone).date()
    school = _School(now, zone, today, {each.number: each for each in courses(today)})
    since = lately(TOLD["enforced_from"], today)
    setting = {"newcomer_days": 14, "remind_days": 30, "enforced_from": since, "by_id": "std-01", "at": now}
    run(insert(TrainingSetting).values(**setting))
    for table, made in (
        (Delivery, _deliveries(school)), (Reading, _readings(school)), (Certificate, _certificates(school)),
        (Newcomer, _newcomers(school)), (LedgerEntry, _ledger(school)),
    ):  # fmt: skip
        run(insert(table), list(made))
    _exams(school)
    deliver_due(now, zone)


def mark_history(now: datetime) -> None:
    """What was done so far says whether its author was qualified."""
    mark_standings(now, MOST)


def _lessons(school: _School) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """(person, lesson) of what people have learned; of the standard in training half of them."""
    turn = 0
    for one in content("people"):
        for lesson in (one["profile"] or {}).get("trained", ()):
            if lesson["number"] not in school.learned:
                continue
            turn += school.code(lesson["number"]) == TOLD["half"]
            if school.code(lesson["number"]) != TOLD["half"] or turn % 2:
                yield one, lesson


def _deliveries(school: _School) -> Iterator[dict[str, Any]]:
    for one, lesson in _lessons(school):
        on = lately(lesson["acknowledged"], school.today) - 2 * A_DAY
        row = {"person_id": one["id"], "edition": lesson["number"], "on": on, "at": school.at(on)}
        yield row | {"asked": None, "before": None, "by_id": "std-01"}


def _readings(school: _School) -> Iterator[dict[str, Any]]:
    for one, lesson in _lessons(school):
        on, row = lately(lesson["acknowledged"], school.today), school.learned[lesson["number"]].row
        yield {"person_id": one["id"], "edition": row.number, "on": on, "digest": row.digest, "at": school.at(on)}


def _exams(school: _School) -> None:
    """Newcomers have passed the first ones only."""
    fresh = {each["person"]: each["passed"] for each in TOLD["newcomers"]}
    sittings, attempts = [], []
    for one, lesson in _lessons(school):
        course, on = school.learned[lesson["number"]], lately(lesson["exam_date"], school.today)
        if one["id"] in fresh and course.row.code not in fresh[one["id"]]:
            continue
        name = str(uuid5(NAMESPACE_URL, f"dabiao:exam:{one['id']}:{course.number}"))
        questions, seed = course.demand.questions, name.replace("-", "")
        paper = laid_out(questions, seed)
        chosen = answers(questions, paper, passed=lesson["passed"], score=lesson["exam_score"])
        verdict = judge(questions, paper, chosen, course.demand.pass_score)
        common = {"person_id": one["id"], "edition": course.number, "at": school.at(on)}
        sittings.append({"id": name, "seed": seed, "questions": [each.id for each in questions]} | common)
        attempts.append(
            {"sitting_id": name, "on": on, "answers": chosen, "wrong": list(verdict.wrong), "score": verdict.score,
             "passed": verdict.passed} | common
        )  # fmt: skip
    run(insert(Sitting), sittings)
    run(insert(Attempt), attempts)


def _certificates(school: _School) -> Iterator[dict[str, Any]]:
    over = TOLD["over"]
    for one in content("people"):
        for place, given in enumerate((one["profile"] or {}).get("qualifications") or (), 1):
            name, last = given["name_zh"].removesuffix("（示例）"), ends_on(given, school.today)
            if one["id"] == over["person"]:
                last = school.today - over["days_ago"] * A_DAY
            issuer = next((by for what, by in TOLD["issuers"].items() if name.startswith(what)), "")
            yield {
                "entry_id": str(uuid5(NAMESPACE_URL, f"dabiao:certificate:{one['id']}:{name}")),
                "person_id": one["id"], "name": name, "number": f"示-{one['id'][3:]}-{place:02}", "issuer": issuer,
                "valid_from": school.today - 400 * A_DAY, "valid_to": last, "withdrawn": False, "by_id": "std-01",
                "at": school.now - 200 * A_DAY,
            }  # fmt: skip


def _newcomers(school: _School) -> Iterator[dict[str, Any]]:
    for each in TOLD["newcomers"]:
        first = school.today - each["days_ago"] * A_DAY
        yield {
            "person_id": each["person"], "from_on": first, "to_on": probation_end(first, 14),
            "mentor_id": each["mentor"], "by_id": each["mentor"], "at": school.at(first),
        }  # fmt: skip


def _ledger(school: _School) -> Iterator[dict[str, Any]]:
    numbers = {course.row.code: course.number for course in school.learned.values()}
    for place, told in enumerate(TOLD["ledger"]):
        on = school.today - told["days_ago"] * A_DAY
        same = {name: told[name] for name in ("kind", "way", "title", "place", "led_by", "expected", "present", "note")}
        yield same | {
            "id": str(uuid5(NAMESPACE_URL, f"dabiao:ledger:{place}")), "edition": numbers.get(told["code"]),
            "org_id": told["org"], "on": on, "minutes": told["minutes"], "replaces": None, "by_id": told["by"],
            "at": school.at(on),
        }  # fmt: skip
