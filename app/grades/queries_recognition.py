"""Who is recognised in a month, within reach."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from app.grades.queries import sheets
from app.grades.rules import Kind
from app.grades.rules_recognition import Candidate, Recognised, gr6_recognised
from app.web.current import CurrentPerson


def recognised(first: date, who: CurrentPerson, now: datetime, zone: tzinfo) -> list[Recognised]:
    """Of units and people."""
    found = [each for kind in (Kind.UNIT, Kind.PERSON) for each in sheets(kind, first, who, now, zone)]
    return gr6_recognised(
        Candidate(
            each.kind, each.subject_id, each.name, each.grade, bool(each.proposal.limits or each.proposal.vetoes),
            each.figures.facts.falsified, each.figures.facts.reported, each.figures.facts.put_right,
        )
        for each in found
    )  # fmt: skip
