"""Appraisals from outside for tests, through the real deed; call inside an app context with somebody named stan."""

import uuid
from datetime import date

from app.accounts.queries import person_by_id
from app.appraisals.actions import Wish, paper_of, register
from app.appraisals.rules import Party, Result, Way
from app.db import atomically
from tests.support.builders import NOW
from tests.support.projects import PDF

TODAY = date(2026, 11, 23)


def wish(appraisal_id: str = "", unit_id: str = "clean", result: Result | None = None, **given) -> Wish:
    """A measurement with a paper, held three days ago."""
    usual = {
        "way": Way.MEASURED, "party": Party.THIRD, "held_on": date(2026, 11, 20), "assessor": "示例测评中心",
        "said": "总体良好", "wants": "增加补纸", "paper": paper_of("结果.pdf", PDF),
    }  # fmt: skip
    result = result or Result(40, 38, 925)
    return Wish(id=appraisal_id or str(uuid.uuid4()), unit_id=unit_id, result=result, **(usual | given))


def registered(appraisal_id: str = "", unit_id: str = "clean", by: str = "stan", **given) -> str:
    """The id."""
    one, who = wish(appraisal_id, unit_id, **given), person_by_id(by)
    atomically(lambda: register(one, who, NOW, TODAY))
    return one.id
