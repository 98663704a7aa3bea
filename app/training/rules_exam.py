"""An exam: its paper laid out by a seed, and the judgement of the server (rules TR-2, TR-4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from app.training.rules import Question


@dataclass(frozen=True, slots=True)
class Laid:
    """A question as it lies before the person: `options` in the shuffled order, `right` the place of the right one."""

    id: str
    stem: str
    options: tuple[str, ...]
    right: int
    step: str | None
    key: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` of 100; `wrong` are ids in the order of the paper."""

    score: int
    wrong: tuple[str, ...]
    keys_right: bool
    passed: bool


def laid_out(questions: Sequence[Question], seed: str) -> tuple[Laid, ...]:
    """The same paper for the same seed."""
    chance = Random(seed)  # noqa: S311  the paper has to be laid out again, it is no secret
    turned = list(questions)
    chance.shuffle(turned)
    return tuple(_laid(question, chance) for question in turned)


def _laid(question: Question, chance: Random) -> Laid:
    places = list(range(len(question.options)))
    chance.shuffle(places)
    return Laid(
        question.id,
        question.stem,
        tuple(question.options[place] for place in places),
        places.index(question.answer),
        question.step,
        question.key,
    )


def judge(questions: Sequence[Question], paper: Sequence[Laid], chosen: Mapping[str, int], pass_score: int) -> Verdict:
    """80 of 100 at least and every key-point question right; what was not answered is wrong."""
    right = {one.id for one in paper if chosen.get(one.id) == one.right}
    total = sum(one.points for one in questions)
    score = 100 * sum(one.points for one in questions if one.id in right) // total if total else 0
    keys_right = all(one.id in right for one in questions if one.key)
    wrong = tuple(one.id for one in paper if one.id not in right)
    return Verdict(score, wrong, keys_right, keys_right and score >= pass_score and bool(paper))


def unanswered(paper: Sequence[Laid], chosen: Mapping[str, int]) -> tuple[str, ...]:
    """Questions without an answer that stands on the paper, in its order."""
    return tuple(one.id for one in paper if not 0 <= chosen.get(one.id, -1) < len(one.options))
