"""One phone with many accounts, and codes typed where others scan."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.flags.rules import Finding, FlagKind, Visit
from app.flags.rules_limits import DEFAULTS, Thresholds


def many_accounts(visit: Visit, on_phone: Sequence[Visit], limits: Thresholds = DEFAULTS) -> Finding | None:
    """Several accounts on one phone within a shift, or two taking turns again and again; a team's phone is meant so."""
    if visit.phone is None or visit.team_phone or any(each.team_phone for each in on_phone):
        return None
    known = {each.check: each for each in (*on_phone, visit) if each.ended <= visit.ended}
    order = sorted(known.values(), key=lambda each: (each.ended, each.check))
    people = {each.person for each in order}
    switches = sum(one.person != other.person for one, other in pairwise(order))
    if len(people) < limits.accounts and switches < limits.switches:
        return None
    numbers = {
        "accounts": len(people),
        "limit_accounts": limits.accounts,
        "switches": switches,
        "limit_switches": limits.switches,
    }
    others = tuple(each.check for each in order if each.person != visit.person)
    return Finding(FlagKind.MANY_ACCOUNTS, visit.check, numbers, others[-10:])


def typed(
    visit: Visit, recent: Sequence[Visit], scanned: frozenset[str], limits: Thresholds = DEFAULTS
) -> Finding | None:
    """The code was typed, as often this week, at points whose labels can be read."""
    if visit.via != "typed" or visit.point not in scanned:
        return None
    own = {each.check: each for each in (*recent, visit) if each.person == visit.person and each.ended <= visit.ended}
    by_hand = [each for each in own.values() if each.via == "typed" and each.point in scanned]
    if len(by_hand) < limits.typed:
        return None
    numbers = {
        "typed": len(by_hand),
        "of": len(own),
        "points": len({each.point for each in by_hand}),
        "limit": limits.typed,
    }
    others = sorted((each for each in by_hand if each.check != visit.check), key=lambda each: (each.ended, each.check))
    return Finding(FlagKind.TYPED, visit.check, numbers, tuple(each.check for each in others)[-10:])
