"""The windows behind a figure, for rooms above that read the month through other eyes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from app.stats.queries_monthpage import Records, records
from app.stats.rules_asked import RecordQuery
from app.web.current import CurrentPerson


def windows_behind(
    who: CurrentPerson, first: date, wanted: Mapping[str, str], page: int, now: datetime, zone: tzinfo
) -> Records:
    """A page, the newest first; `wanted` holds measure, outcome, point and so on as the addresses of /stats do."""
    return records(who, RecordQuery(first, page=page, **wanted), now, zone)  # type: ignore[arg-type]
