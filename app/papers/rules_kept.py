"""A bulletin as it is kept and hashed, and read again: pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from app.papers.rules import Bulletin, Debt, Figure, Key, Owed, Problem, Ranked
from app.tallies.rules_rates import Rate


def as_json(one: Bulletin) -> dict[str, Any]:
    """All that it says."""
    return {
        "month": one.month.isoformat(), "unit_id": one.unit_id, "unit": one.unit, "provisional": one.provisional,
        "as_of": one.as_of, "unknown": one.unknown, "reported": one.reported,
        "figures": [[str(each.key), *_pair(each.now), *_pair(each.before)] for each in one.figures],
        "problems": [
            [each.kind, each.place, each.name, each.sub, each.n, each.of, each.link] for each in one.problems
        ],
        "ranking": [
            [each.unit_id, each.name, each.contract, each.score, each.grade, *_pair(each.on_time), each.decided]
            for each in one.ranking
        ],
        "debts": [
            [str(each.what), each.number, each.text, each.who, each.due.isoformat() if each.due else None, each.overdue,
             each.link]
            for each in one.debts
        ],
    }  # fmt: skip


def from_json(body: Mapping[str, Any]) -> Bulletin:
    """What was kept."""
    return Bulletin(
        month=date.fromisoformat(body["month"]), unit_id=body["unit_id"], unit=body["unit"],
        provisional=body["provisional"], as_of=body["as_of"], unknown=body["unknown"], reported=body["reported"],
        figures=tuple(Figure(Key(key), Rate(n, of), Rate(was, was_of)) for key, n, of, was, was_of in body["figures"]),
        problems=tuple(Problem(*each) for each in body["problems"]),
        ranking=tuple(
            Ranked(unit, name, contract, score, grade, Rate(n, of), decided)
            for unit, name, contract, score, grade, n, of, decided in body["ranking"]
        ),
        debts=tuple(
            Debt(Owed(what), number, text, who, date.fromisoformat(due) if due else None, overdue, link)
            for what, number, text, who, due, overdue, link in body["debts"]
        ),
    )  # fmt: skip


def digest(whole: Mapping[str, Any]) -> str:
    """SHA-256 over what a paper says."""
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _pair(rate: Rate) -> tuple[int, int]:
    return rate.numerator, rate.denominator
