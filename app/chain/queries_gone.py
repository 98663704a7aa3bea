"""Records that were here and were disposed of: what a link that outlived its record says."""

from __future__ import annotations

import re
from datetime import tzinfo

from sqlalchemy import select

from app.chain.models import DisposalEnd, DisposalItem
from app.chain.queries_disposal import CARRIED
from app.db import scalar
from app.refusals import Gone
from app.web.words import _

# The page of a kind of record: its table, by where the address begins.
TABLES = {"checks": "checks", "feedback": "feedback_items", "spotchecks/reviews": "spotcheck_reviews"}
_ADDRESS = re.compile(rf"/({'|'.join(TABLES)})/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})")


def gone(path: str, zone: tzinfo) -> Gone | None:
    """When the record of this page was disposed of; None when it never was. One query, none for other pages."""
    asked = _ADDRESS.fullmatch(path)
    if asked is None:
        return None
    statement = (
        select(DisposalEnd.at)
        .join(DisposalItem, DisposalItem.disposal_id == DisposalEnd.disposal_id)
        .where(DisposalItem.kind == TABLES[asked[1]], DisposalItem.key == asked[2], DisposalEnd.outcome == CARRIED)
    )
    at = scalar(statement)
    if at is None:
        return None
    day = at.astimezone(zone).date().isoformat()
    said = _(
        "Two persons approved it, and it was removed on %(day)s. The reason and its fingerprint stay.",
        day=day,
    )
    return Gone(said, problem="disposed")
