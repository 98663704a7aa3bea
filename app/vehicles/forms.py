"""What drivers and the section head type about a vehicle: a value, or a sentence beside the field."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.refusals import Invalid
from app.vehicles.rules import LARGEST_KM, MOST_TEXT
from app.vehicles.rules_wishes import Departure, Filling, Noted, Reason, Return
from app.web.words import lazy

MOST_QUANTITY, MOST_COST = 2_000.0, 100_000.0
WHOLE, AMOUNT = re.compile(r"[0-9]{1,9}"), re.compile(r"(?=.*[0-9])[0-9]{0,9}(\.[0-9]{0,9})?")
LOOK_AGAIN = lazy("Please look at these once more")


@dataclass
class Typed:
    """A form as it came in; every reader notes what is wrong, `done` refuses it all at once."""

    given: Mapping[str, str]
    errors: dict[str, object] = field(default_factory=dict)

    def entry_id(self) -> str:
        """The number that the page made for this entry: the same again is the same entry."""
        return self.number_of("id")

    def number_of(self, name: str) -> str:
        """An identifier made by a page."""
        try:
            return str(uuid.UUID(self.text(name)))
        except ValueError:
            self.errors[name] = lazy("This page is out of date. Load it again, please.")
            return ""

    def text(self, name: str, *, most: int = MOST_TEXT) -> str:
        """Words in one line or several, trimmed."""
        said = "".join(each for each in self.given.get(name, "") if each.isprintable() or each == "\n").strip()
        if len(said) > most:
            self.errors[name] = lazy("At most %(n)d characters.", n=most)
        return said[:most]

    def words(self, name: str, sentence: object, *, least: int = 2) -> str:
        """Words that have to be there."""
        said = self.text(name)
        if len(said) < least:
            self.errors[name] = sentence
        return said

    def figures(self, name: str) -> str:
        """A number as it was typed; the wide digits of a Chinese keyboard are read as what they show."""
        return unicodedata.normalize("NFKC", self.text(name, most=12))

    def km(self) -> int:
        """What the odometer shows."""
        said = self.figures("km").replace(",", "")
        if not WHOLE.fullmatch(said) or int(said) > LARGEST_KM:
            self.errors["km"] = lazy("Type what the odometer shows, in whole kilometres such as 68240.")
            return 0
        return int(said)

    def amount(self, name: str, most: float, sentence: object, *, needed: bool = True) -> float | None:
        """A quantity above zero, with at most two decimals kept."""
        said = self.figures(name)
        if not said and not needed:
            return None
        value = float(said) if AMOUNT.fullmatch(said) else 0.0
        if not 0 < value <= most:
            self.errors[name] = sentence
            return None
        return round(value, 2)

    def tick(self, name: str) -> bool:
        """A box that was ticked."""
        return self.given.get(name) == "1"

    def done(self) -> None:
        """Raises Invalid with a sentence for each field that does not hold."""
        if self.errors:
            raise Invalid(LOOK_AGAIN, fields=self.errors)


def departure(given: Mapping[str, str]) -> Departure:
    """出车."""
    typed = Typed(given)
    form = Departure(
        typed.entry_id(), typed.km(), typed.tick("sure"), typed.text("event", most=40), typed.text("number", most=40),
        typed.text("purpose", most=200), typed.text("route", most=200), typed.tick("urgent"),
    )  # fmt: skip
    if not form.event_id and not form.purpose:
        typed.errors["purpose"] = lazy("Say in a few words what the trip is for.")
    typed.done()
    return form


def coming_back(given: Mapping[str, str]) -> Return:
    """收车."""
    typed = Typed(given)
    form = Return(
        typed.entry_id(), typed.text("trip", most=36), typed.km(), typed.tick("sure"), typed.text("route", most=200)
    )
    typed.done()
    return form


def filling(given: Mapping[str, str]) -> Filling:
    """加油、充电."""
    typed = Typed(given)
    amount = typed.amount("quantity", MOST_QUANTITY, lazy("Type how much was taken, such as 42.5."))
    cost = typed.amount("cost", MOST_COST, lazy("Type what it cost in yuan, such as 318.50."), needed=False)
    form = Filling(typed.entry_id(), typed.km(), typed.tick("sure"), amount or 0.0, cost, typed.tick("full"))
    typed.done()
    return form


def noted(given: Mapping[str, str], sentence: object) -> Noted:
    """保养、封存、事故."""
    typed = Typed(given)
    form = Noted(typed.entry_id(), typed.km(), typed.tick("sure"), typed.words("text", sentence))
    typed.done()
    return form


def reason(given: Mapping[str, str], sentence: object, *, least: int = 2) -> Reason:
    """An override, its writing up, a seal taken off, a refusal."""
    typed = Typed(given)
    form = Reason(typed.entry_id(), typed.text("ref", most=36), typed.words("text", sentence, least=least))
    typed.done()
    return form


def correction(given: Mapping[str, str]) -> Reason:
    """What the odometer did show, and why it was noted otherwise."""
    typed = Typed(given)
    sentence = lazy("Say in a few words why the reading was wrong.")
    form = Reason(typed.entry_id(), typed.number_of("ref"), typed.words("text", sentence), typed.km())
    typed.done()
    return form
