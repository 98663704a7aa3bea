"""Last month of the demo: a day with records behind it, frozen, decided and signed by both sides."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from app import clock
from app.db import atomically, rows
from app.demo.actions import load_compound
from app.demo.actions_contractors import play_contractors
from app.demo.actions_grades import play_grades
from app.demo.actions_history import Site
from app.demo.actions_lastmonth import play_last_month
from app.grades.models import GradeEvent, GradeSignature
from app.grades.queries import frozen
from app.grades.rules import Kind
from app.schedule.models import Occurrence

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_gr10_given_the_demo_when_loaded_then_last_month_is_frozen_with_records_behind_it(inside):
    settings = inside.extensions["settings"]
    site = Site(settings.zone, inside.extensions["photo_store"], settings.max_photo_bytes)
    with clock.at(NOW):
        atomically(load_compound)
        checks = play_last_month(14, site, NOW)
        atomically(lambda: play_contractors(NOW, settings.zone))
        atomically(lambda: play_grades(NOW, settings.zone))
        [sheet] = frozen(Kind.UNIT, date(2026, 10, 1))

    done = [row for row in rows(select(Occurrence.check_id)) if row.check_id]
    assert sheet.figures.occurrences >= 30 and 0 < len(done) <= checks
    assert sheet.proposal.grade is not None and sheet.subject_id == "ctr-clean"
    deeds = [row.deed for row in rows(select(GradeEvent.deed).order_by(GradeEvent.at))]
    assert deeds == ["appeal", "ruling", "decision"]
    assert {row.side for row in rows(select(GradeSignature.side))} == {"contractor", "office"}


def test_given_a_history_that_reaches_back_when_loaded_then_no_day_is_made_twice(inside):
    settings = inside.extensions["settings"]
    site = Site(settings.zone, inside.extensions["photo_store"], settings.max_photo_bytes)
    with clock.at(NOW):
        assert play_last_month(40, site, NOW) == 0
