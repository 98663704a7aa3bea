"""Deeds at a report: write the text of a part, sign. Figures are never taken from a form; nothing commits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import orjson
from sqlalchemy import insert, update

from app.db import run
from app.halfyear.models import HalfyearDraft, HalfyearPaper
from app.halfyear.queries import Draft, Kept, draft_of, kept, paper_of
from app.halfyear.queries_figures import Look, figures_of
from app.halfyear.rules import Half, Part, Reporter, may_write
from app.halfyear.rules_figures import as_json
from app.refusals import Conflict, Forbidden
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_YOURS = lazy("Only who heads the unit writes and signs its report.")
SIGNED = lazy("This report is signed. What changes later stands in an addendum.")
OTHER_TEXT = lazy("The report is not the one that you saw. Load the page again, read it and sign.")
EMPTY = lazy("Write something under at least one heading before you sign.")
TOO_EARLY = lazy("A half-year that has not begun has no report.")


@dataclass(frozen=True)
class At:
    """Which report, who acts, when."""

    unit: Reporter
    half: Half
    who: CurrentPerson
    now: datetime
    zone: tzinfo

    @property
    def look(self) -> Look:
        return Look(self.unit, self.half, self.now, self.zone)


def save_text(at: At, part: Part, text: str, revision: int) -> tuple[Draft, bool]:
    """Keep the text of a part unless somebody else saved it since `revision`.

    Gives back what stands now and whether it is what was sent; a lost race is run again by the edge and then seen.
    Raises Forbidden, or Conflict once the report is signed.
    """
    _refuse_others(at)
    if paper_of(at.half, at.unit.id) is not None:
        raise Conflict(SIGNED)
    stands = draft_of(at.half, at.unit.id, part)
    if stands.text == text:
        return stands, True
    if stands.revision != revision:
        return stands, False
    said = {"text": text, "revision": revision + 1, "by_id": at.who.id, "by_name": at.who.name, "at": at.now}
    named = {"half": at.half.key, "unit_id": at.unit.id, "part": str(part)}
    if revision == 0:
        run(insert(HalfyearDraft).values(**named, **said))
    else:
        here = (getattr(HalfyearDraft, name) == value for name, value in named.items())
        if run(update(HalfyearDraft).where(*here, HalfyearDraft.revision == revision).values(**said)).rowcount != 1:
            return draft_of(at.half, at.unit.id, part), False
    return draft_of(at.half, at.unit.id, part), True


def _refuse_others(at: At) -> None:
    if not may_write(at.who, at.unit):
        raise Forbidden(NOT_YOURS)


def texts_of(found: Kept) -> dict[str, str]:
    """Part -> its text, of all six."""
    return {str(part): found.drafts[part].text if part in found.drafts else "" for part in Part}


def seen_of(found: Kept) -> str:
    """What a person has before them when they sign: the revision of each text, and the frozen figures if there are any.

    Figures that are not frozen move with every check; they are taken when the signature is made.
    """
    revisions = [f"{part}:{found.drafts[part].revision if part in found.drafts else 0}" for part in Part]
    return ";".join([*revisions, found.frozen.sha256 if found.frozen else ""])


def sign(at: At, paper_id: str, seen: str) -> bool:
    """The person stands for the report; False when this very signature is kept already.

    Raises Conflict when somebody signed before, or when the page that was signed is no longer what stands.
    """
    _refuse_others(at)
    found = kept(at.half, at.unit.id)
    if found.paper is not None:
        if found.paper.id == paper_id:
            return False
        raise Conflict(SIGNED)
    if at.look.begins > at.now:
        raise Conflict(TOO_EARLY)
    if seen != seen_of(found):
        raise Conflict(OTHER_TEXT)
    if not any(texts_of(found).values()):
        raise Conflict(EMPTY)
    _keep_paper(at, paper_id, found)
    return True


def _keep_paper(at: At, paper_id: str, found: Kept) -> None:
    frozen = found.frozen
    figures = frozen.figures if frozen else figures_of(at.look)
    what = {
        "half": at.half.key, "unit_id": at.unit.id, "unit_name": at.unit.name, "texts": texts_of(found),
        "body": as_json(figures), "freeze_id": frozen.id if frozen else None,
        "figures_at": frozen.at if frozen else at.now, "by_id": at.who.id, "by_name": at.who.name, "at": at.now,
    }  # fmt: skip
    run(insert(HalfyearPaper).values(id=paper_id, sha256=paper_digest(what), **what))


def paper_digest(what: Mapping[str, Any]) -> str:
    """SHA-256 over everything that a signed report says, instants in UTC."""
    told = {key: value.astimezone(UTC) if isinstance(value, datetime) else value for key, value in what.items()}
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)).hexdigest()
