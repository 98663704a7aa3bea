"""Which views may be saved: a name, and an address among the pages of figures. Pure."""

from __future__ import annotations

import re

from app.refusals import Invalid
from app.web.words import lazy

MOST_VIEWS, LONGEST_NAME, LONGEST_PATH = 20, 40, 400
PAGES = ("/figures/board", "/figures/records", "/stats", "/stats/records", "/stats/beside", "/log", "/grades")
_ADDRESS = re.compile(r"(/[a-z/]+)(\?[\w\-.~%!$&'()*+,;=:@/?\u0080-\uffff]*)?")


def named(text: str) -> str:
    """The name as it is kept; raises Invalid when there is none or it is too long."""
    name = " ".join(text.split())
    if not name:
        _refuse("name", lazy("Give the view a name."))
    if len(name) > LONGEST_NAME:
        _refuse("name", lazy("The name is too long. Keep it under %(n)d characters.", n=LONGEST_NAME))
    return name


def addressed(text: str) -> str:
    """The address as it is kept; raises Invalid for whatever is not a page of figures of this site."""
    found = _ADDRESS.fullmatch(text.strip())
    if found is None or found[1].rstrip("/") not in PAGES or len(text) > LONGEST_PATH:
        _refuse(
            "path", lazy("Only pages of figures can be saved. Open one and choose \u201cSave this view\u201d there.")
        )
    return text.strip().rstrip("?")


def has_room(known: int) -> None:
    """Raises Invalid when the person has as many views as anybody may have."""
    if known >= MOST_VIEWS:
        _refuse("name", lazy("You have %(n)d views already. Delete one first.", n=MOST_VIEWS))


def _refuse(field: str, sentence: object) -> None:
    raise Invalid(sentence, fields={field: sentence})
