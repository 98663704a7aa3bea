"""The steps of a page by what they are made of: many points and people share them, and making them takes long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from app.checks.rules import Place
from app.checks.rules_page import PageStep, page_steps, steps_digest
from app.standards.rules import Edition
from app.standards.rules_due import photos_forbidden

MOST_KEPT = 512


class KnownSteps(NamedTuple):
    edition: Edition
    steps: tuple[PageStep, ...]
    digest: str
    photos: bool


_kept: dict[tuple[int, bytes], KnownSteps] = {}


def known_steps(edition: Edition, facts: Mapping[str, Any], place: Place) -> KnownSteps:
    """`page_steps` with their digest, made once; the same values give the same steps, so nothing has to be renewed."""
    values = [dict(facts), dict(place.attrs), place.photo_allowed]
    key = (id(edition), orjson.dumps(values, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS))
    known = _kept.get(key)
    # An edition that is gone may have left its place in memory to another one.
    if known is None or known.edition is not edition:
        steps = page_steps(edition, facts, place)
        photos = not photos_forbidden(edition, facts, photo_allowed=place.photo_allowed)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        known = _kept[key] = KnownSteps(edition, steps, steps_digest(steps), photos)
    return known
