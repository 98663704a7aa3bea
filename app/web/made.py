"""Ids that a page made for its own form, so that a form sent twice is kept once."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from app.refusals import Invalid
from app.web.words import lazy

AGAIN = lazy("Open the page again.")


def made_id(form: Mapping[str, str], name: str = "id") -> str:
    """The id as plain text; raises Invalid."""
    try:
        return str(UUID(form.get(name, "")))
    except ValueError as odd:
        raise Invalid(AGAIN, fields={name: AGAIN}) from odd
