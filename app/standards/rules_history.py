"""Undo and redo over versions that are only ever added: which version is shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Version:
    """A version without its text: made from `parent`, or `back_to` an earlier one that it shows again."""

    revision: int
    parent: int
    back_to: int | None = None

    @property
    def place(self) -> int:
        """The version whose text it shows."""
        return self.back_to if self.back_to is not None else self.revision


def undo_to(versions: Sequence[Version]) -> int | None:
    """The version that an undo of the newest shows; None at the beginning. Oldest first."""
    if not versions:
        return None
    here = versions[-1].place
    parent = next(each.parent for each in versions if each.revision == here)
    return parent or None


def redo_to(versions: Sequence[Version]) -> int | None:
    """The version that was undone last from here; None where nothing was."""
    if not versions:
        return None
    here = versions[-1].place
    return next((each.revision for each in reversed(versions) if each.back_to is None and each.parent == here), None)


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes in one; `clashes` names the fields that both changed, each in another way."""

    part: dict[str, Any]
    clashes: tuple[str, ...]


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """A part that two people changed from `base`: what one changed counts; where both did, mine stands."""
    names = list(dict.fromkeys([*theirs, *mine, *base]))
    part, clashes = {}, []
    for name in names:
        old, own, other = base.get(name), mine.get(name), theirs.get(name)
        if old not in (own, other) and own != other:
            clashes.append(name)
        part[name] = other if own == old else own
    return Merged(part, tuple(clashes))
