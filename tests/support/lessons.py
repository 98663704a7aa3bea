"""Builders of training: an edition that asks something, and what people have done for it; inside an app context."""

import uuid
from datetime import date, timedelta
from typing import Any

from app.training.models import (
    Attempt,
    Certificate,
    Delivery,
    Newcomer,
    Reading,
    SignOff,
    Sitting,
    TrainingSetting,
)
from app.training.queries import demands
from app.training.rules_exam import laid_out
from tests.support import builders
from tests.support.builders import NOW, kept
from tests.support.standards import step_document

TODAY = date(2026, 11, 23)
NUMBER = "JGSW05003.01-2026"
DAY = timedelta(days=1)


def question(name: str = "Q1", answer: int = 1, **keys: Any) -> dict[str, Any]:
    return {
        "id": name, "stem": f"{name}怎样做？", "options": ["甲", "乙", "丙", "丁"], "answer": answer, "step": "S01",
        "points": 20, "key": False,
    } | keys  # fmt: skip


def exam() -> list[dict[str, Any]]:
    """Five questions: the first is a key point of the first step, the others ask about the second."""
    others = [question(f"Q{number}", number % 4, step="S02") for number in range(2, 6)]
    return [question("Q1", key=True), *others]


def asked_standard(*steps: dict[str, Any], **training: Any) -> str:
    """The standard of the small world with an exam; `training` are keys of what the edition asks."""
    return builders.standard(
        *(steps or (step_document("S01", key=True), step_document("S02"))), exam=exam(), training=training
    )


def world(**training: Any) -> None:
    """The small world, its standard with an exam."""
    builders.orgs()
    builders.person("ann", "worker", "clean", crew_id="c1", shift_id="early")
    builders.person("ben", "worker", "clean", crew_id="c1", shift_id="early")
    builders.person("bob", "worker", "other", crew_id="c2")
    builders.person("lea", "crew_leader", "clean", crew_id="c1", shift_id="early")
    builders.person("zoe", "crew_leader", "other", crew_id="c2")
    builders.person("sue", "supervisor", "care")
    builders.person("stan", "standards", "bureau")
    builders.person("max", "contractor_manager", "clean")
    builders.place()
    builders.point()
    asked_standard(**training)
    builders.works_at()
    builders.crew()
    builders.round_of()
    builders.occurrence(round_id="r-ann", assignee_id="ann")


def enforced(since: date = date(2026, 1, 1), **keys: Any) -> None:
    values = {"newcomer_days": 14, "remind_days": 30, "by_id": "stan", "at": NOW}
    kept(TrainingSetting, enforced_from=since, **(values | keys))


def delivered(person_id: str = "ann", number: str = NUMBER, on: date = TODAY - 40 * DAY, **keys: Any) -> None:
    values = {"asked": None, "before": None, "by_id": None, "at": NOW}
    kept(Delivery, person_id=person_id, edition=number, on=on, **(values | keys))


def read(person_id: str = "ann", number: str = NUMBER, on: date = TODAY - 30 * DAY) -> None:
    kept(Reading, person_id=person_id, edition=number, on=on, digest="0" * 64, at=NOW)


def examined(person_id: str = "ann", number: str = NUMBER, on: date = TODAY - 30 * DAY, *, passed: bool = True) -> None:
    common = {"person_id": person_id, "edition": number, "at": NOW}
    sitting = kept(Sitting, id=str(uuid.uuid4()), seed="s", questions=["Q1"], **common)
    kept(Attempt, sitting_id=sitting, on=on, answers={}, wrong=[], score=100, passed=passed, **common)


def signed_off(person_id: str = "ann", number: str = NUMBER, on: date = TODAY - 30 * DAY) -> None:
    kept(SignOff, person_id=person_id, edition=number, on=on, by_id="lea", at=NOW)


def learned(person_id: str = "ann", number: str = NUMBER, on: date = TODAY - 30 * DAY) -> None:
    """Delivered, read and examined."""
    delivered(person_id, number, on)
    read(person_id, number, on)
    examined(person_id, number, on)


def paper(person_id: str = "ann", name: str = "健康证", valid_to: date | None = None, **keys: Any) -> str:
    values = {"number": "1", "issuer": "疾控中心", "valid_from": None, "withdrawn": False, "by_id": None, "at": NOW}
    entry = str(uuid.uuid4())
    kept(Certificate, entry_id=entry, person_id=person_id, name=name, valid_to=valid_to, **(values | keys))
    return entry


def newcomer(person_id: str = "ann", from_on: date = TODAY - 5 * DAY, mentor_id: str = "lea", days: int = 14) -> None:
    to_on = from_on + (days - 1) * DAY
    kept(Newcomer, person_id=person_id, from_on=from_on, to_on=to_on, mentor_id=mentor_id, by_id="lea", at=NOW)


def right_answers(sitting_id: str, seed: str, number: str = NUMBER, **instead: int) -> dict[str, str]:
    """The form of an exam with every answer right, but for those given by the place of the option."""
    paper_of = laid_out(demands([number])[number].questions, seed)
    return {f"answer.{one.id}": str(instead.get(one.id, one.right)) for one in paper_of}


def wrong_place(seed: str, name: str, number: str = NUMBER) -> int:
    """A place on the paper where the right answer to this question does not stand."""
    [one] = [each for each in laid_out(demands([number])[number].questions, seed) if each.id == name]
    return (one.right + 1) % len(one.options)
