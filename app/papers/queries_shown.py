"""A bulletin as its page shows it: issued and as it left, or as the records say it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from app.papers import rules_texts as texts
from app.papers.queries import Added, Draft, Issued, Named, addenda_of, draft_of, issued_by_id, issued_of
from app.papers.queries_bulletin import bulletin
from app.papers.queries_reach import NOT_THERE, about
from app.papers.rules import Bulletin, Changed, PaperKind, changes
from app.papers.rules_kept import as_json, digest, from_json
from app.refusals import NotFound
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class Shown:
    """A bulletin on its way: without draft, put up, or issued with what was added; `sha256` of what it says."""

    named: Named
    body: Bulletin
    sha256: str
    draft: Draft | None = None
    issued: Issued | None = None
    added: Sequence[tuple[Added, Changed]] = ()

    @property
    def words(self) -> str:
        return self.draft.words if self.draft else ""

    @property
    def document_id(self) -> str:
        """How addresses of its files name it."""
        if self.issued:
            return self.issued.id
        unit = f"~{self.named.unit_id}" if self.named.unit_id else ""
        return f"{self.named.first:%Y-%m}{unit}"


def shown(first: date, unit_id: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> Shown:
    """Of a month within reach; raises NotFound."""
    whom, named = about(unit_id, who), Named(PaperKind.BULLETIN, first, 1, unit_id)
    issued = issued_of(named)
    if issued is not None:
        return _of_issued(issued)
    draft, body = draft_of(named), bulletin(whom, first, now, zone)
    return Shown(named, body, said(named, draft, as_json(body)), draft)


def shown_by_id(document_id: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> Shown:
    """An issued one by its id, one on its way by YYYY-MM or YYYY-MM~UNIT; raises NotFound."""
    month, _, unit_id = document_id.partition("~")
    if len(month) != len("YYYY-MM"):
        return _of_issued(issued_by_id(document_id, who))
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as odd:
        raise NotFound(NOT_THERE) from odd
    if not first.year >= 2000 or first > now.astimezone(zone).date():
        raise NotFound(NOT_THERE)
    return shown(first, unit_id, who, now, zone)


def said(named: Named, draft: Draft | None, body: dict[str, Any]) -> str:
    """The hash of a paper: its head, the words of who put it up, and its body."""
    whole = {
        "kind": str(named.kind), "first": named.first.isoformat(), "months": named.months, "unit": named.unit_id,
        "words": draft.words if draft else "", "drafted_by": draft.by_id if draft else "", "body": body,
    }  # fmt: skip
    return digest(whole)


def head_of(found: Shown, zone: tzinfo) -> texts.Head:
    """What stands above and below the paper, in Chinese."""
    issued, draft = found.issued, found.draft
    drafted = (draft.by_name, f"{draft.at.astimezone(zone):%Y-%m-%d}") if draft else None
    signed = (issued.by_name, f"{issued.at.astimezone(zone):%Y-%m-%d}") if issued else None
    edition = texts.edition(issued.year, issued.number) if issued else texts.DRAFT
    return texts.Head(
        texts.TITLE, texts.head_line(found.body, edition), texts.beside(found.body), found.words,
        texts.signed_line(drafted, signed), texts.fingerprint(found.sha256) if issued else texts.NOT_ISSUED,
    )  # fmt: skip


def _of_issued(issued: Issued) -> Shown:
    if issued.kind != PaperKind.BULLETIN:
        raise NotFound(NOT_THERE)
    before, added = issued.bulletin, []
    for each in addenda_of(issued.id):
        after = from_json(each.body)
        added.append((each, changes(before, after)))
        before = after
    return Shown(issued.named, issued.bulletin, issued.sha256, issued.draft, issued, added)
