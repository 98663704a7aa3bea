"""What an edition's document asks of people: the exam and the demand, as the editor holds them (rules TR-4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.web.words import lazy

PASS_SCORE, VALID_MONTHS = 80, 12
MAX_QUESTIONS, MAX_OPTIONS, MAX_STEM, MAX_OPTION, MAX_POINTS = 40, 6, 200, 80, 100
MAX_MONTHS, MAX_CERTIFICATES, MAX_CERTIFICATE = 60, 10, 40
NUMBERED = re.compile(r"Q(\d{1,6})")
DEMAND = ("pass_score", "valid_months", "special", "certificates")


class Special(StrEnum):
    """Work for which nobody is a newcomer (rules TR-4)."""

    HIGH_VOLTAGE = "high_voltage"
    DRIVING = "driving"
    HEIGHTS = "heights"
    LIFT = "lift"


SPECIAL_WORDS: Mapping[str, Any] = {
    Special.HIGH_VOLTAGE: lazy("High voltage"),
    Special.DRIVING: lazy("Driving"),
    Special.HEIGHTS: lazy("Work at heights"),
    Special.LIFT: lazy("Lift safety"),
}


def blank_question(question_id: str) -> dict[str, Any]:
    return {"id": question_id, "stem": "", "options": [], "answer": None, "step": None, "points": 20, "key": False}


def next_question_id(document: Mapping[str, Any]) -> str:
    """Q and the next number."""
    known = [str(each.get("id")) for each in document.get("exam") or ()]
    return f"Q{max((int(found[1]) for each in known if (found := NUMBERED.fullmatch(each))), default=0) + 1}"


def question_part(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question as it is edited: options and the right one are one field, that two people never mix them."""
    rest = {name: value for name, value in question.items() if name not in ("options", "answer")}
    right = question.get("answer")
    options = question.get("options") or []
    return {**rest, "answers": [{"text": text, "right": at == right} for at, text in enumerate(options)]}


def question_of(part: Mapping[str, Any]) -> dict[str, Any]:
    """The question as the document keeps it."""
    answers = part.get("answers") or []
    return {
        **{name: value for name, value in part.items() if name != "answers"},
        "options": [each["text"] for each in answers],
        "answer": next((at for at, each in enumerate(answers) if each["right"]), None),
    }


def demand_part(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the document asks for besides the questions; usual where nothing is said."""
    usual: dict[str, Any] = {
        "pass_score": PASS_SCORE,
        "valid_months": VALID_MONTHS,
        "special": None,
        "certificates": [],
    }
    return {**usual, **(document.get("training") or {})}
