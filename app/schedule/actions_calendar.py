"""Deeds on the list of days off; rows ahead follow at the next making, or at once where a person asked."""

from collections.abc import Iterable
from datetime import date

from app.refusals import Invalid
from app.schedule.queries_plan import listed_days
from app.schedule.rules_days import Listed, may_be_listed
from app.schedule.rules_official import official_days
from app.schedule.writes import insert_days, remove_day, replace_day
from app.web.words import lazy

# The package that carries the official notices; pages show it as the notice itself.
PUBLISHED = "holidays"


def fill_calendar(years: Iterable[int]) -> int:
    """The published lists of years that have none yet; a list that stands is somebody's and stays. Days added."""
    added = [
        {"on": day.on, "kind": str(day.kind), "name": day.name, "source": PUBLISHED}
        for year in years
        if not listed_days(year)
        for day in official_days(year)
    ]
    insert_days(added)
    return len(added)


def list_day(on: date, kind: Listed, name: str, source: str) -> None:
    """A day off, or a day worked instead, by the notice that `source` names."""
    if not may_be_listed(on, kind):
        sentence = lazy("Only a Saturday or Sunday can be worked instead.")
        raise Invalid(sentence, fields={"on": sentence})
    replace_day({"on": on, "kind": str(kind), "name": name[:40], "source": source[:120]})


def unlist_day(on: date) -> None:
    """Back to what the weekday says."""
    remove_day(on)
