"""What a workbook asks for, and what reading one gives: values, changes, faults with their cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.web.words import lazy

MOST_ROWS = 5000
MOST_BYTES = 10_000_000
# Rows above the first one that a person fills in: keys (hidden), headings, hints.
HEAD_ROWS = 3

Value = str | int | float | bool | tuple[str, ...]
Values = Mapping[str, Value]


class Kind(StrEnum):
    """What a file is about: a workbook of one of these, or a pack, which is no workbook."""

    POINTS = "points"
    PEOPLE = "people"
    ROUNDS = "rounds"
    STANDARDS = "standards"
    PACK = "pack"


class Form(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DAY = "day"
    LIST = "list"
    DECIMAL = "decimal"
    TIME = "time"


KIND_WORDS = {
    Kind.POINTS: lazy("Points"),
    Kind.PEOPLE: lazy("People"),
    Kind.ROUNDS: lazy("Rounds and leave"),
    Kind.STANDARDS: lazy("New standards"),
    Kind.PACK: lazy("Standards pack"),
}


@dataclass(frozen=True)
class Column:
    """A column by its key; `most` is the longest text or the greatest number, `choices` names a list.

    What a loose one is told beside its list is taken as it is.
    """

    key: str
    heading: str
    hint: str
    form: Form = Form.TEXT
    required: bool = False
    most: int = 80
    choices: str = ""
    width: int = 16
    loose: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """A sheet; the columns named in `keys` tell its rows apart."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Fault:
    """What does not hold, and where: sheet and cell address, such as 点位!C7."""

    sheet: str
    cell: str
    sentence: object


@dataclass(frozen=True)
class Cell:
    """A cell as it stands: its address and content; `formula` where a formula has no value."""

    address: str
    content: object
    formula: bool = False


@dataclass(frozen=True)
class Line:
    """A filled row by column key."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Parsed:
    """A row that holds: its values by column key."""

    sheet: str
    number: int
    values: Values
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """One field before and after, as people read it."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that would be new or different."""

    sheet: str
    number: int
    key: tuple[str, ...]
    new: bool
    differences: Sequence[Difference]
    values: Values


@dataclass(frozen=True)
class Choices:
    """Lists to choose from by name: label to id; both are taken."""

    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, name: str, typed: str) -> str | None:
        """The id of a label or of an id itself."""
        known = self.lists.get(name, {})
        return known.get(typed) or (typed if typed in known.values() else None)

    def label(self, name: str, value: str) -> str:
        """The label of an id."""
        return next((label for label, known in self.lists.get(name, {}).items() if known == value), value)


@dataclass(frozen=True)
class Reading:
    """What a workbook would do: nothing where there are faults."""

    kind: Kind
    changes: Sequence[Change]
    faults: Sequence[Fault]
    same: int

    @property
    def ready(self) -> bool:
        """Whether it may be taken over."""
        return not self.faults and bool(self.changes)
