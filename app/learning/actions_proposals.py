"""A proposal with its records: it becomes a project to revise or to abolish, and the records stay with it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from app.learning.actions import settle
from app.learning.queries import evidence_of, suggestion
from app.learning.rules import Standing, may_follow
from app.learning.rules_records import MOST_EVIDENCE, Evidence, Kind
from app.learning.writes import insert_evidence
from app.nonconformities.actions_proposals import decide
from app.nonconformities.queries_proposals import proposal_by_id
from app.nonconformities.rules_proposals import Answer
from app.refusals import Invalid
from app.standards.actions_projects import NewProject, begin
from app.standards.queries import EditionRow
from app.standards.queries_projects import project, running
from app.web.current import CurrentPerson
from app.web.words import _, lazy


def propose(
    new: NewProject, row: EditionRow, wanted: list[Evidence] | None,
    who: CurrentPerson, now: datetime, today: date, prefix: str,
) -> str:  # fmt: skip
    """Bundle records into a project, a new one or the one that runs; gives back its id. Raises Invalid.

    Suggestions and proposals among them are taken up; sent twice, it is one project with each record once.
    """
    if (again := project(new.id)) is not None:
        return again.id
    if not wanted:
        sentence = lazy("Choose what it rests on: 1 to %(n)d records of this page.", n=MOST_EVIDENCE)
        raise Invalid(sentence, fields={"evidence": sentence})
    standing = running(row.code)
    if not standing:
        begin(new, who, now, today, prefix)
    project_id = standing[0].id if standing else new.id
    attach(project_id, wanted, who, now)
    return project_id


def attach(project_id: str, wanted: list[Evidence], who: CurrentPerson, now: datetime) -> None:
    """Put the records with a project, each once, and take up those that waited for an answer."""
    there = {each.key for each in evidence_of(project_id)}
    fresh = [each for each in wanted if each.key not in there]
    insert_evidence(
        [
            {
                "project_id": project_id, "kind": each.kind, "ref": each.ref, "step_id": each.step_id,
                "text": each.text, "link": each.link, "data": dict(each.data) if each.data else None,
                "by_id": who.id, "at": now,
            }
            for each in fresh
        ]
    )  # fmt: skip
    for each in fresh:
        _take_up(project_id, each, who, now)


def _take_up(project_id: str, each: Evidence, who: CurrentPerson, now: datetime) -> None:
    if each.kind is Kind.SUGGESTION:
        found = suggestion(each.ref)
        if found and may_follow(found.standing, Standing.TAKEN):
            deed_id = str(uuid5(NAMESPACE_URL, f"dabiao:taken:{project_id}:{each.ref}"))
            settle(found, Standing.TAKEN, "", deed_id, who, now)
    elif each.kind is Kind.PROPOSAL:
        waiting = proposal_by_id(each.ref)
        if waiting and waiting.state is Answer.OPEN:
            decide(each.ref, Answer.TAKEN, _("It is part of a project of the standard now."), who, now)
