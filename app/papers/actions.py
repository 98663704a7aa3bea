"""Deeds at papers: put one up for issue, issue it, write an addendum. Rows are only added, nothing commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import insert

from app.db import run
from app.papers.models import Paper, PaperDraft
from app.papers.queries import Named, draft_exists, draft_of, issued_of, next_number, paper_exists
from app.papers.rules import before_of
from app.refusals import Conflict, Stale
from app.web.current import CurrentPerson
from app.web.words import lazy

RUNNING = lazy("The month is still running: a paper is issued once it is over.")
NOTHING = lazy("Nothing was due in this time, so there is nothing to issue.")
ISSUED = lazy("This paper has been issued already. What changes later stands in its addendum.")
NO_DRAFT = lazy("Nobody has put this paper up for issue yet.")
OTHER_EYES = lazy("A paper is issued by somebody else than who put it up.")
OTHER_TEXT = lazy("The paper is not the one that you saw. Load the page again.")


@dataclass(frozen=True)
class At:
    """Which paper, with its body as JSON and its hash as they stand now; who acts, when."""

    named: Named
    body: dict[str, Any]
    sha256: str
    is_empty: bool
    who: CurrentPerson
    now: datetime
    zone: tzinfo


def put_up(at: At, draft_id: str, words: str) -> bool:
    """拟稿, with words of one's own; the newest counts. False when kept already."""
    if draft_exists(draft_id):
        return False
    _refuse(at)
    run(
        insert(PaperDraft).values(
            id=draft_id, **_place(at.named), words=words, by_id=at.who.id, by_name=at.who.name, at=at.now
        )
    )
    return True


def issue(at: At, paper_id: str, sha256: str) -> bool:
    """签发 what was seen (`sha256`), by somebody else than who put it up. False when issued by this deed already."""
    if paper_exists(paper_id):
        return False
    _refuse(at)
    draft = draft_of(at.named)
    if draft is None:
        raise Conflict(NO_DRAFT)
    if draft.by_id == at.who.id:
        raise Conflict(OTHER_EYES)
    if at.sha256 != sha256:
        raise Stale(OTHER_TEXT)
    year = at.now.astimezone(at.zone).year
    number = next_number(at.named.kind, at.named.unit_id, year)
    run(
        insert(Paper).values(
            id=paper_id, draft_id=draft.id, **_place(at.named), year=year, number=number, body=at.body,
            sha256=at.sha256, by_id=at.who.id, by_name=at.who.name, at=at.now,
        )
    )  # fmt: skip
    return True


def _refuse(at: At) -> None:
    """What nobody puts up or issues: a month that runs, nothing at all, what has been issued."""
    after = before_of(at.named.first, -at.named.months)
    if at.now.astimezone(at.zone).date() < after:
        raise Conflict(RUNNING)
    if issued_of(at.named) is not None:
        raise Conflict(ISSUED)
    if at.is_empty:
        raise Conflict(NOTHING)


def _place(named: Named) -> dict[str, Any]:
    return {"kind": str(named.kind), "first": named.first, "months": named.months, "unit_id": named.unit_id}
