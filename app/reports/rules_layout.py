"""What a form is made of: its fields, the columns of its lines, and who signs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A field of a form; `key` names it in Word templates, `seed`: printed in seed 002, `wide`: a line of its own."""

    key: str
    label: str
    seed: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A form: its official title, its fields, the columns of its lines (if any) and who signs."""

    title: str
    fields: tuple[FieldKind, ...]
    columns: tuple[tuple[str, str, int], ...] = ()
    after: int = 0
    signers: tuple[str, ...] = ()


def seed(key: str, label: str, *, wide: bool = False) -> FieldKind:
    """A field that the seed prints."""
    return FieldKind(key, label, seed=True, wide=wide)


def own(key: str, label: str, *, wide: bool = False) -> FieldKind:
    """A field of our own."""
    return FieldKind(key, label, wide=wide)
