"""Builders of editions and steps in the stored form; every key may be given by name."""

from typing import Any

from app.standards.rules import Edition, parse_edition


def step_document(step_id: str = "S01", evidence: str = "none", **keys: Any) -> dict[str, Any]:
    return {
        "id": step_id, "title": f"步骤{step_id}", "title_en": f"Step {step_id}", "requirement": "按要求完成。", "key": False,
        "evidence": evidence, "unit": None, "min": None, "max": None, "choices": None, "pass_choices": None,
        "applies_when": None, "min_seconds": 10, "safety": None, "fail_action": "nc", "severity": "minor",
        "cause_default": "work",
    } | keys  # fmt: skip


def edition_document(*steps: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {
        "number": "JGSW05003.01-2026", "code": "JGSW05003.01", "year": 2026, "title": "卫生间日常保洁",
        "title_en": "Restroom daily cleaning", "summary": "", "confirm": "together", "expected_minutes": 8,
        "valid_minutes": 20, "public": True, "photo_forbidden_when": None, "acceptance": [], "references": [],
        "schedules": [], "steps": list(steps) or [step_document()],
    } | keys  # fmt: skip


def edition(*steps: dict[str, Any], **keys: Any) -> Edition:
    return parse_edition(edition_document(*steps, **keys))
