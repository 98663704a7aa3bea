"""What the demo's editions ask of people, and believable answers to their exams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.training.rules import Question
from app.training.rules_exam import Laid

FRESH = timedelta(days=150)
OLD = timedelta(days=300)


def taught(entry: Mapping[str, Any], asks: Mapping[str, Any]) -> dict[str, Any]:
    """`training` and `exam` of an edition's document."""
    given, own = entry.get("training") or {}, asks.get(entry["document"]["code"], {})
    return {
        "training": {
            "pass_score": given.get("pass_score", 80),
            "valid_months": given.get("valid_months", 12),
            "special": own.get("special"),
            "certificates": own.get("certificates", []),
        },
        "exam": [
            {
                "id": one["id"],
                "stem": one["stem_zh"],
                "options": one["options_zh"],
                "answer": one["answer_index"],
                "step": one["ref_step"],
                "points": one["points"],
                "key": one["key"],
            }
            for one in entry.get("exam") or ()
        ],
    }


def lately(text: str, today: date) -> date:
    """The day as told, or one some months ago when that would be too old by now, or still to come."""
    told = date.fromisoformat(text)
    return told if today - OLD <= told <= today else today - FRESH


def answers(questions: Sequence[Question], paper: Sequence[Laid], *, passed: bool, score: int) -> dict[str, int]:
    """All right; under 100 the last question that is no key point is wrong, and who fails misses a key point."""
    chosen = {one.id: one.right for one in paper}
    spare = [one.id for one in questions if not one.key]
    missed = spare[-1:] if passed and score < 100 else [] if passed else [one.id for one in questions if one.key][:1]
    for one in paper:
        if one.id in missed:
            chosen[one.id] = (one.right + 1) % len(one.options)
    return chosen


def ends_on(given: Mapping[str, Any], today: date) -> date | None:
    """The last day of a certificate: counted from the load, a day as told, or none (长期)."""
    if "valid_days_from_load" in given:
        return today + timedelta(days=given["valid_days_from_load"])
    told = given.get("valid_to")
    if not told or told == "长期":
        return None
    # A load long after the content was written finds valid papers too.
    last = date.fromisoformat(told)
    return last if last >= today else today + timedelta(days=90)
