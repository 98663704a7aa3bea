"""The figures of a unit's half-year as the records say them now: one or two queries a part, never one a standard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from app.days import begins
from app.feedback.queries_handled import figures as voices
from app.feedback.queries_handled import satisfied
from app.feedback.rules_handled import Figure
from app.halfyear.queries_broken import breaks
from app.halfyear.queries_parts import failing_steps, gaps, led, open_findings, proposed, reasons, titles
from app.halfyear.rules import CONTRACTOR, MONTHS, Half, Reporter
from app.halfyear.rules_figures import Figures, Used
from app.organisations.queries import scope_of
from app.spotchecks.queries_opinions import sampled_rate
from app.stats import rules_formulas as formulas
from app.stats.queries_beside import contractors, reached, sample_of
from app.stats.queries_closed import closings
from app.stats.rules import Coverage
from app.stats.rules_measures import COMPLETION, CONFORMITY, HANDOVER, HOLIDAY, KEY_EVIDENCE, ON_TIME, PHOTO_EVIDENCE
from app.tallies.models import DAYS, PEOPLE, POINTS
from app.tallies.queries import Asked, counts_by, holiday_points
from app.tallies.rules_counts import Counts, added
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson, Role

OF_WINDOWS = (ON_TIME, COMPLETION, KEY_EVIDENCE, PHOTO_EVIDENCE, CONFORMITY, HOLIDAY, HANDOVER)


@dataclass(frozen=True)
class Look:
    """Whose half-year is looked at, from when; `until` is the end of the half-year, or now while it runs."""

    unit: Reporter
    half: Half
    now: datetime
    zone: tzinfo

    @property
    def seat(self) -> CurrentPerson:
        """Somebody who reaches what the unit reaches: the report counts what the unit's own people see."""
        if self.unit.is_whole:
            return CurrentPerson("", "", Role.LEADER, "", "/")
        role = Role.MANAGER if self.unit.kind == CONTRACTOR else Role.SUPERVISOR
        return CurrentPerson("", "", role, self.unit.id, self.unit.path)

    @property
    def begins(self) -> datetime:
        return begins(self.half.first, self.zone)

    @property
    def ends(self) -> datetime:
        return begins(self.half.after.first, self.zone)

    @property
    def until(self) -> datetime:
        return min(self.now, self.ends)

    @property
    def day(self) -> date:
        """The last local day that is looked at."""
        return min(self.now.astimezone(self.zone).date(), self.half.last)

    def asked(self) -> Asked:
        """All six months."""
        return Asked(self.half.first, self.now, self.zone, scope_of(self.seat), months=MONTHS)


def figures_of(look: Look) -> Figures:
    """Everything that the report of a unit says in numbers."""
    seat, asked = look.seat, look.asked()
    used = counts_by(DAYS, ["standard_code"], asked)
    counts = added(each for _key, each in used)
    return Figures(
        led=led(look.unit, asked.scope, look.half, look.day),
        used=_used(used),
        rates=_rates(look, asked, counts),
        before=before(look),
        numbers=_numbers(look, asked, counts, seat),
        steps=failing_steps(asked.scope, look.begins, look.ends, look.until),
        reasons=reasons(asked.scope, look.begins, look.ends, look.until),
        gaps=tuple(name for name, _is_point in gaps(asked.scope, look.day)),
        proposals=proposed(asked.scope, look.begins, look.until),
        breaks=breaks(look.begins, look.until),
    )


def before(look: Look) -> dict[str, Rate]:
    """The same rates of the last half-year, to stand beside these; empty where it had no windows."""
    last = Look(look.unit, look.half.before, look.now, look.zone)
    asked = last.asked()
    counts = added(each for _key, each in counts_by(DAYS, ["standard_code"], asked))
    return _rates(last, asked, counts) if counts.planned else {}


def _used(found: Iterable[tuple[tuple[str, ...], Counts]]) -> tuple[Used, ...]:
    known = {key[0]: n for key, n in found}
    named = titles(known)
    return tuple(
        Used(code, named.get(code, code), n.planned, n.due, n.done, n.on_time, n.late, n.missed, n.reported, n.unknown)
        for code, n in sorted(known.items())
    )


def _rates(look: Look, asked: Asked, counts: Counts) -> dict[str, Rate]:
    """Every rate by its key; measures of a month add up by their counts (MT-30)."""
    seat = look.seat
    closed = closings(asked)
    covered = Coverage(*holiday_points(asked)) if counts.holiday_due else Coverage()
    rated = satisfied(seat, look.begins, look.until)
    handled = voices(seat, look.begins, look.until, look.until, look.zone)
    return {
        **{each.key: each.rate(counts) for each in OF_WINDOWS},
        "coverage": formulas.point_coverage(covered),
        "scope_points": reached(POINTS, "point_id", asked),
        "scope_people": reached(PEOPLE, "person_id", asked),
        "scope_contractors": formulas.scope(counts for _id, _name, counts in contractors(asked)),
        "findings_in_time": formulas.closed_in_time(closed),
        "first_recheck": formulas.first_recheck(closed),
        "spot_checks": sampled_rate(sample_of(seat, asked)),
        "satisfied": Rate(rated.satisfied, rated.n),
        "handled": Rate(handled[Figure.HANDLED].numerator, handled[Figure.HANDLED].denominator),
    }


def _numbers(look: Look, asked: Asked, counts: Counts, seat: CurrentPerson) -> dict[str, int]:
    standing = open_findings(asked.scope, look.begins, look.until)
    handled = voices(seat, look.begins, look.until, look.until, look.zone)[Figure.HANDLED]
    return {
        "planned": counts.planned, "due": counts.due, "done": counts.done, "missed": counts.missed,
        "late": counts.late, "reported": counts.reported, "unknown": counts.unknown,
        "complaints": handled.denominator, **standing,
    }  # fmt: skip
