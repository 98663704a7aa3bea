"""Two contractors with the same reality: who reports what is wrong outscores who always ticks (rules NC-15)."""

from datetime import timedelta
from random import Random

import pytest

from app.grades.queries_live import rates_of_counts
from app.grades.rules import Grade, Key, Kind
from app.grades.rules_contract import Seen, ct7_deductions
from app.grades.rules_evidence import Limits, Record, What, facts_of, mt20_counts, mt22_conforms, rates_of
from app.grades.rules_figures import Figures, propose
from app.schedule.rules_states import State
from app.spotchecks.rules_agreement import Opinion, StepOpinion, outcome_of
from app.stats.rules import total
from tests.grades.test_rules_evidence import BEFORE, DUE, FIRST
from tests.stats.test_honesty import STEPS, month, told

EVERY = 8
"""One visit in so many is looked at again on site, the same ones at both contractors."""


def looked_at(reality, *, honest):
    """The second opinion on a record drawn at random: it sees what is so, and compares it with what the record says."""
    steps = []
    for step in STEPS:
        wrong = step in reality.faults
        said = "fail" if wrong and honest else "pass"
        steps.append(StepOpinion(step, step, False, said, "fail" if wrong else "pass"))
    said_pass, wrong = all(each.said == "pass" for each in steps), bool(reality.faults)
    outcome = outcome_of(steps, in_time=True)
    return Opinion("simple", "drawn", not wrong, said_pass, outcome, own_report=not any(each.differs for each in steps))


def finding(chance, *, source, overdue_share):
    late = chance.random() < overdue_share
    done = DUE + timedelta(hours=3) if late else DUE - timedelta(hours=1)
    limits = Limits("work", "closed", DUE, done, done + timedelta(hours=1), 0, fixed_on_spot=False)
    return limits, Seen("f", source, "minor", counts=True, overdue=late, failed_rechecks=0)


def beside(realities, chance, *, honest):
    """Second opinions and findings: one's own where it is honest, those of the second look where it is not."""
    records, seen = [], []
    for n, reality in enumerate(realities):
        if reality.state is State.MISSED:
            continue
        look = looked_at(reality, honest=honest) if n % EVERY == 0 else None
        if look and (hit := mt22_conforms(look)) is not None:
            records.append(Record(What.SPOT, hit, None, "", "", ""))
        if reality.faults and (honest or look):
            found, as_seen = finding(chance, source="check" if honest else "spotcheck", overdue_share=0.03)
            seen.append(as_seen)
            if honest:
                records.append(Record(What.REPORTED, found.in_time, None, "", "", ""))
            if mt20_counts(found, FIRST, BEFORE, BEFORE):
                records.append(Record(What.CLOSED, found.in_time, None, "", "", ""))
    records.append(Record(What.SATISFIED, True, None, "", "", "", 46, 46))
    records.append(Record(What.SATISFIED, False, None, "", "", "", 4, 4))
    return records, seen


def graded(seed, *, honest):
    realities = month(seed, windows=400)
    counts = total(told(reality, honest=honest) for reality in realities)
    records, seen = beside(realities, Random(f"{seed} beside"), honest=honest)
    figures = Figures(
        {**rates_of_counts(counts), **rates_of(records)},
        counts.due,
        facts=facts_of(records, 0),
        deductions=tuple(ct7_deductions(seen, (), ())),
        contract="HT-1",
    )
    return propose(Kind.UNIT, figures)


@pytest.mark.parametrize("seed", range(1, 13))
def test_nc15_given_the_same_reality_when_graded_then_honesty_outscores_always_ticking(seed):
    honest, ticking = graded(seed, honest=True), graded(seed, honest=False)

    order = list(Grade)
    assert honest.score > ticking.score
    assert order.index(honest.grade) <= order.index(ticking.grade)
    assert (honest.deducted, ticking.deducted > 0) == (0, True)


def test_nc15_given_the_same_reality_when_measured_then_no_figure_of_diligence_is_lower_for_the_honest():
    for seed in range(1, 6):
        honest, ticking = graded(seed, honest=True), graded(seed, honest=False)

        for mine, theirs in zip(honest.working.lines, ticking.working.lines, strict=True):
            if mine.scale.key is not Key.CLOSED:
                assert (mine.rate.share or 0) >= (theirs.rate.share or 0), mine.scale.key
