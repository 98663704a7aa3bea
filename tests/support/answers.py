"""Builders of answers and bodies of the submission protocol."""

from datetime import UTC, datetime
from typing import Any

from app.checks.rules import Answer, Result

PHOTO = "11111111-1111-4111-8111-111111111111"
OTHER_PHOTO = "22222222-2222-4222-8222-222222222222"
VOICE = "33333333-3333-4333-8333-333333333333"


def passed(step: str = "S01", **keys: Any) -> Answer:
    return Answer(step=step, result=Result.PASS, **keys)


def failed(step: str = "S01", **keys: Any) -> Answer:
    return Answer(step=step, result=Result.FAIL, **keys)


def not_applicable(step: str = "S01", **keys: Any) -> Answer:
    return Answer(step=step, result=Result.NOT_APPLICABLE, **keys)


def at(text: str) -> datetime:
    """08:31 or 2026-11-24T08:31:05 on the day that tests live in, at the site (UTC+8)."""
    stamp = text if "T" in text else f"2026-11-23T{text}"
    return datetime.fromisoformat(f"{stamp}+08:00").astimezone(UTC)
