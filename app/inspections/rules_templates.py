"""Templates of items: what a list needs to be kept, and which may be changed; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.web.words import lazy

MOST_ITEMS, MOST_TITLE, MOST_CONTENT = 40, 80, 500


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """检查项目 and 检查内容."""

    title: str
    content: str


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A list of items in one version; shipped ones are copied, never changed."""

    id: str
    title: str
    source: str
    version: int
    items: tuple[TemplateItem, ...]
    shipped: bool = False
    retired_at: datetime | None = None


def template_faults(title: str, items: Sequence[TemplateItem]) -> dict[str, object]:
    """What speaks against keeping this list, a sentence a field."""
    found: dict[str, object] = {}
    if not 0 < len(title) <= MOST_TITLE:
        found["title"] = lazy("A title of at most %(n)d characters is needed.", n=MOST_TITLE)
    if not 0 < len(items) <= MOST_ITEMS:
        found["lines"] = lazy("A list has 1 to %(n)d items.", n=MOST_ITEMS)
    for no, item in enumerate(items, 1):
        if not 0 < len(item.title) <= MOST_TITLE:
            found[f"title.{no}"] = lazy("Item %(no)d needs a name of at most %(n)d characters.", no=no, n=MOST_TITLE)
        if not 0 < len(item.content) <= MOST_CONTENT:
            found[f"content.{no}"] = lazy(
                "Item %(no)d needs a content of at most %(n)d characters.", no=no, n=MOST_CONTENT
            )
    return found
