"""The content of 检查记录表 (002 annex 2) for one inspection: the printed fields in order, then ours (rules 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import db
from app.inspections.queries import Head, evidence_of, head_for, items_of, links_of, signatures_of
from app.inspections.queries_records import Outcome, outcomes_of
from app.inspections.rules_items import ItemView
from app.web.current import CurrentPerson


@dataclass(frozen=True, slots=True)
class SheetLine:
    """检查项目、检查内容、检查记录、结论 of one item, with what it rests on.

    `links` are numbers of records and findings, `photos` hashes of pictures, `finding` the number it was registered
    under, or None.
    """

    item: ItemView
    links: tuple[str, ...]
    photos: tuple[str, ...]
    finding: str | None


@dataclass(frozen=True, slots=True)
class SheetSignature:
    """One signature; `side` is inspectors or inspected, `way` own, paper or refused."""

    side: str
    name: str
    way: str
    objection: str
    at: datetime


@dataclass(frozen=True)
class InspectionSheet:
    """One form.

    `head` carries 被检查处室（单位） as unit_name, 负责人或岗位人员姓名 as post, 检查日期 as on, 编号 as number.
    """

    head: Head
    lines: tuple[SheetLine, ...]
    signatures: tuple[SheetSignature, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def inspectors(self) -> str:
        """检查人, as one line."""
        return "、".join(each.name for each in self.head.members)


def sheet_of(inspection_id: str, who: CurrentPerson) -> InspectionSheet:
    """The form as far as this person may see the inspection; raises NotFound for all others alike."""
    head = head_for(inspection_id, who)
    evidence, links = evidence_of(head.id), links_of(head.id)
    outcomes = outcomes_of([head.id]).get(head.id, [])
    numbers = {each.no: each.number for each in outcomes}
    lines = [
        SheetLine(
            item,
            tuple(each.label for each in links[item.no]),
            tuple(each.sha256 for each in evidence[item.no] if each.media_type.startswith("image/")),
            numbers.get(item.no),
        )
        for item in items_of(head.id)
    ]
    signed = tuple(_signature(row) for row in signatures_of(head.id))
    return InspectionSheet(head, tuple(lines), signed, tuple(outcomes))


def _signature(row: db.AnyRow) -> SheetSignature:
    return SheetSignature(row.side, row.name, row.way, row.objection, row.at)
