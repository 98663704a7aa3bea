"""The measures of the rules as functions: what is divided by what, apart until the last moment (rules 2.2).

Each says its rule. None of them rounds, none averages; a denominator of nought stays one (MT-30 to MT-32).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.stats.rules import Coverage
from app.tallies.rules_counts import Counts
from app.tallies.rules_rates import Rate


def on_time(n: Counts) -> Rate:
    """MT-10 准时率: done within the window or its grace, of all due."""
    return Rate(n.in_window + n.in_grace, n.due)


def in_grace(n: Counts) -> Rate:
    """MT-10: the part of it that came within the grace only."""
    return Rate(n.in_grace, n.due)


def completion(n: Counts) -> Rate:
    """MT-11 完成率: done at all, the late ones among them, of all due."""
    return Rate(n.in_window + n.in_grace + n.late, n.due)


def conformity(n: Counts) -> Rate:
    """MT-12 步骤符合率: steps passed, of those answered pass or fail; says how places are."""
    return Rate(n.steps_pass, n.steps_pass + n.steps_fail)


def key_evidence(n: Counts) -> Rate:
    """MT-13 关键点留痕率: key steps answered with valid evidence, of those of everything due, missed ones too."""
    return Rate(n.key_evidenced, n.key_due)


def key_conformity(n: Counts) -> Rate:
    """MT-13 关键点符合率: key steps passed, of those answered with evidence; never held against the finder."""
    return Rate(n.key_pass, n.key_evidenced)


def photo_evidence(n: Counts) -> Rate:
    """MT-14 照片证据率: valid photos, of those asked for by everything due."""
    return Rate(n.photos_valid, n.photos_due)


def photos_sent(n: Counts) -> Rate:
    """MT-14: photos sent, of those asked for."""
    return Rate(n.photos_sent, n.photos_due)


def photos_valid(n: Counts) -> Rate:
    """MT-14: photos valid, of those sent."""
    return Rate(n.photos_valid, n.photos_sent)


def holiday_coverage(n: Counts) -> Rate:
    """MT-15 节假日覆盖率: the on-time rate of public holidays."""
    return Rate(n.holiday_on_time, n.holiday_due)


def point_coverage(coverage: Coverage) -> Rate:
    """MT-15 点位覆盖率: points with a window on time, of those with one due, added up over the public holidays."""
    return Rate(coverage.covered, coverage.due)


def handover_coverage(n: Counts) -> Rate:
    """MT-16 交接覆盖率: handover windows on time, signed by both sides where two must sign, of those due."""
    return Rate(n.handover_covered, n.handover_due)


def short_dwell(n: Counts) -> Rate:
    """MT-18 用时偏短率: visits under their least time, of those done; weighs in draws, fails nobody."""
    return Rate(n.short, n.done)


def scan_rate(n: Counts) -> Rate:
    """MT-19 扫码率: opened by the label, of those done."""
    return Rate(n.scanned, n.done)


@dataclass(frozen=True, slots=True)
class Closing:
    """A finding whose limit lay in the time."""

    in_time: bool
    rechecked: bool
    at_once: bool


def closed_in_time(closings: Sequence[Closing]) -> Rate:
    """MT-20 整改按期率: passed the recheck and put right by the limit, of those due in the time."""
    return Rate(sum(each.in_time for each in closings), len(closings))


def first_recheck(closings: Sequence[Closing]) -> Rate:
    """MT-21 一次复查合格率: passed at the first recheck, of those rechecked."""
    return Rate(sum(each.at_once for each in closings), sum(each.rechecked for each in closings))


@dataclass(frozen=True, slots=True)
class Sampled:
    """A record of a simple random draw and what a second person said (SP-7)."""

    conforms: bool
    said_pass: bool
    untrue: bool


def spot_check_pass(sample: Sequence[Sampled]) -> Rate:
    """MT-22 抽查合格率: sampled records that conform, of those sampled at random."""
    return Rate(sum(each.conforms for each in sample), len(sample))


def false_pass(sample: Sequence[Sampled]) -> Rate:
    """MT-23 失实率: judged untrue, of the sampled ones that their worker had passed."""
    passed = [each for each in sample if each.said_pass]
    return Rate(sum(each.untrue for each in passed), len(passed))


def usage(n: Counts) -> int:
    """MT-24 标准实施频率: how often it was done."""
    return n.done


def scope(assigned: Iterable[Counts]) -> Rate:
    """MT-25 实施范围: points, people or contractors with something done, of those with something due.

    The same for points and people in the database, where a person's own deeds count (`tallies/queries_source.py`).
    """
    known = [each for each in assigned if each.due]
    return Rate(sum(each.done > 0 for each in known), len(known))
