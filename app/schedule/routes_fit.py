"""Nobody gets a round they are not qualified for: what routes of rotas and leave ask of training (rules TR-4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from flask import current_app

from app.refusals import Invalid
from app.schedule.rules_rota import RoundPlan, codes_by_person
from app.standards.queries import edition_in_force


class Unfit(Invalid):
    """People who may not have these rounds; `refusals` has one a person, each with its way to mend it."""

    problem = "not-qualified"

    def __init__(self, refusals: list[Invalid]) -> None:
        fields = {name: sentence for each in refusals for name, sentence in each.fields.items()}
        super().__init__(refusals[0].sentence, fields=fields, extra=refusals[0].extra)
        self.refusals = refusals


def assert_fit(rounds: Iterable[RoundPlan], on: date) -> None:
    """Raises Unfit for everybody on these rounds who lacks something, once the site asks for it."""
    # Training lies above: it registers what rooms below ask.
    asked: Callable[..., None] | None = current_app.extensions.get("fit_for")
    if asked is None:
        return
    refusals = []
    for person_id, codes in codes_by_person(rounds).items():
        editions = [row.number for code in codes if (row := edition_in_force(code, on))]
        try:
            asked((person_id,), editions, on, way=f"/training/crew#{person_id}")
        except Invalid as refusal:
            refusals.append(refusal)
    if refusals:
        raise Unfit(refusals)
