"""Files of a period: what can be asked for, how long they stay, and what is said when one could not be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.data.rules_fields import DataSet
from app.data.rules_wanted import MOST_ROWS, Wanted
from app.refusals import Invalid
from app.web.current import Role
from app.web.words import _, lazy

READERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.MANAGER)
FORMS: Mapping[str, object] = {"xlsx": lazy("Excel"), "csv": lazy("CSV")}
AT_ONCE = 2000
"""So many rows are written while the reader waits."""
ROWS_A_TURN = 1000
MOST_OPEN = 3
MOST_TRIES = 3
KEPT = timedelta(hours=24)
TAKEN = timedelta(minutes=2)


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


STATES: Mapping[State, tuple[object, str, str]] = {
    State.WAITING: (lazy("Waiting its turn"), "info", "hourglass"),
    State.RUNNING: (lazy("Being made"), "info", "hourglass"),
    State.READY: (lazy("Ready to take"), "ok", "circle-check"),
    State.FAILED: (lazy("Not made"), "bad", "circle-alert"),
}
FAULTS: Mapping[str, object] = {
    "full": lazy(
        "The disk of the server is full. No file was made and nothing half is left; the office has to make room first."
    ),
    "busy": lazy("The database did not answer. No file was made; ask for it again."),
    "tries": lazy("The server was stopped three times while making it. No file was made; ask for it again."),
    "server": lazy("Something went wrong on our side. No file was made; ask for it again."),
    "gone": lazy("The account no longer reaches this. No file was made."),
}


@dataclass(frozen=True, slots=True)
class Export:
    """A file as its list shows it."""

    id: str
    number: int
    what: str
    form: str
    query: dict[str, Any]
    mark: str
    locale: str
    by_id: str
    at: datetime
    state: str
    rows_whole: int
    rows_done: int
    tries: int
    fault: str
    bytes: int
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def wanted(self) -> Wanted:
        return wanted_of(self.query)

    @property
    def name(self) -> str:
        """Of the file; the number is that of the audit log."""
        return f"{self.what}-{self.query['from']}-{self.query['to']}-no{self.number}.{self.form}"


def query_of(wanted: Wanted) -> dict[str, Any]:
    """As the table keeps it."""
    kept = {"from": wanted.first.isoformat(), "to": wanted.last.isoformat()}
    return kept | {name: getattr(wanted, name) for name in ("unit", "standard", "point")}


def wanted_of(query: Mapping[str, Any]) -> Wanted:
    """The way back."""
    first, last = date.fromisoformat(query["from"]), date.fromisoformat(query["to"])
    return Wanted(first, last, query["unit"], query["standard"], query["point"])


def refuse_too_many(rows: int) -> None:
    """Raises Invalid: a sheet ends somewhere."""
    if rows > MOST_ROWS:
        sentence = lazy("That would be more than %(n)s rows. Choose a shorter period or a unit.", n=f"{MOST_ROWS:,}")
        raise Invalid(sentence, fields={"to": sentence})


def meanings(dataset: DataSet) -> list[list[str]]:
    """The second sheet: each column in words, with the name that the API has for it."""
    head = [_("Column"), _("Name in the API"), _("Meaning"), _("Unit"), _("Rule")]
    return [
        head,
        *([str(each.title), each.name, str(each.meaning), str(each.unit), each.rule] for each in dataset.fields),
    ]
