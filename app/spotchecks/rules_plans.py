"""A plan of spot checks on its way in, as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A plan as typed; `errors` maps a field to its sentence."""

    id: str
    title: str
    kind: str
    mode: str
    method: str
    rhythm: str
    scope: str
    implementer_id: str
    standard_code: str
    area_id: str
    from_on: date | None
    to_on: date | None
    size: str
    errors: Mapping[str, object] = field(default_factory=dict)
