"""Builders of frozen grades, and of rulings about what counts in them."""

import uuid
from datetime import date

from app.contractors.models import Dispute, Ruling
from app.grades.models import GradeSheet
from app.grades.rules import Key, Kind
from app.grades.rules_figures import Figures, as_json
from app.tallies.rules_rates import Rate
from tests.support.builders import NOW, kept

NOVEMBER = date(2026, 11, 1)


def ruled(kind: str, target: object, month: date = NOVEMBER, *, upheld: bool = True) -> None:
    """A dispute of the cleaning company with its ruling."""
    dispute_id, said = str(uuid.uuid4()), {"reason": "当日封闭", "at": NOW}
    kept(Dispute, id=dispute_id, org_id="clean", month=month, kind=kind, target=str(target), by_id="max", **said)
    kept(Ruling, dispute_id=dispute_id, upheld=upheld, by_id="sue", **said)


def frozen_sheet(unit: str = "clean", responsible: str = "care", month: date = NOVEMBER, **figures: object) -> str:
    """A frozen month of a contractor, 97 of 100 in time, beneath the contract HT-1."""
    made = Figures(**{"rates": {Key.ON_TIME: Rate(97, 100)}, "occurrences": 100, "contract": "HT-1", **figures})
    return kept(
        GradeSheet,
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{unit}{month}")),
        month=month,
        kind=Kind.UNIT,
        subject_id=unit,
        name=f"单位{unit}",
        sub="HT-1",
        reach={"implementers": [unit], "responsibles": [responsible]},
        body=as_json(made),
        score="100.00",
        grade="excellent",
        sha256="a" * 64,
        at=NOW,
    )
