"""The form of a route: points by number in their order, minutes between two."""

from collections.abc import Mapping
from uuid import UUID

from app.refusals import Invalid
from app.web.words import lazy


def parse_minutes(text: str) -> int | None:
    """Minutes, None for nothing, -1 for what is no number."""
    typed = text.strip()
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 5 else -1


def parse_order(form: Mapping[str, str]) -> tuple[str, ...]:
    """Points with a number beside them, `order.ID` = 1, 2, 3 …, in that order; the same number: as they stand."""
    numbered: list[tuple[int, int, str]] = []
    for name, value in form.items():
        if name.startswith("order.") and value.strip():
            typed = value.strip()
            if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
                sentence = lazy("Give each point of the route a number: 1, 2, 3.")
                raise Invalid(sentence, fields={"points": sentence})
            numbered.append((int(typed), len(numbered), name.removeprefix("order.")[:40]))
    return tuple(point_id for _number, _place, point_id in sorted(numbered))


def parse_id(text: str) -> str:
    """The id that the page made; raises Invalid."""
    try:
        return str(UUID(text))
    except ValueError as why:
        raise Invalid(lazy("This page is out of date. Load it again.")) from why
