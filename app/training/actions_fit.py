"""Nobody is given work for which they are not qualified (rules TR-4): what rooms of rounds and trips ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from app.refusals import Invalid
from app.standards.queries import edition, edition_rows
from app.training.queries import Held, qualified, training_settings
from app.training.queries_people import editions_due, names_of
from app.training.rules import Standing
from app.training.rules_words import LACK_WORDS
from app.web.words import lazy


class NotQualified(Invalid):
    """Somebody may not be given this work; `extra.way` is where the lacking thing is done in a minute."""

    problem = "not-qualified"


def assert_fit(person_ids: Collection[str], numbers: Iterable[str], on: date, *, way: str = "") -> None:
    """Raises NotQualified: who lacks what, and the `way` to mend it. Does nothing until the office switches it on."""
    wanted = sorted(set(numbers))
    if not wanted or not person_ids or not training_settings().enforced(on):
        return
    unfit = {
        pair: held for pair, held in qualified(person_ids, wanted, on).items()
        if held.standing is Standing.UNQUALIFIED
    }  # fmt: skip
    if unfit:
        raise _refusal(unfit, way)


def assert_fit_for_rounds(person_id: str, round_ids: Collection[str], on: date) -> None:
    """The same for what these rounds have still to do that day."""
    assert_fit((person_id,), editions_due(round_ids, on), on, way=f"/training/crew#{person_id}")


def _refusal(unfit: dict[tuple[str, str], Held], way: str) -> NotQualified:
    names = names_of(person_id for person_id, _number in unfit)
    titles = {row.number: edition(row).title for row in edition_rows() if any(row.number == n for _p, n in unfit)}
    fields = {
        f"{person_id}:{number}": lazy(
            "%(name)s · %(standard)s: %(lacks)s",
            name=names.get(person_id, person_id),
            standard=titles[number],
            lacks=_Joined(tuple(LACK_WORDS[each] for each in held.lacks)),
        )
        for (person_id, number), held in sorted(unfit.items())
    }
    person_id, number = sorted(unfit)[0]
    return NotQualified(
        lazy("%(name)s is not qualified for this work yet.", name=names.get(person_id, person_id)),
        fields=fields,
        extra={"way": way or f"/training/read/{number}", "person": person_id},
    )


class _Joined:
    """Words one after the other, in the reader's language."""

    def __init__(self, words: tuple[object, ...]) -> None:
        self.words = words

    def __str__(self) -> str:
        return ", ".join(str(word) for word in self.words)
