"""`dabiao demo`: the demo compound into an empty database, with a history when asked."""

import multiprocessing
import time
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app import clock
from app.db import atomically, db
from app.demo.actions import load_compound
from app.demo.actions_appraisals import play_appraisals
from app.demo.actions_complaints import play_complaints
from app.demo.actions_contractors import play_contractors
from app.demo.actions_draws import play_draws
from app.demo.actions_findings import play_findings
from app.demo.actions_flags import play_flags
from app.demo.actions_grades import play_grades
from app.demo.actions_halfyear import play_halfyear, play_last_half
from app.demo.actions_history import Site, make_history
from app.demo.actions_inspections import play_inspections
from app.demo.actions_lastmonth import play_last_month
from app.demo.actions_learning import play_learning
from app.demo.actions_lessons import play_lessons
from app.demo.actions_lists import play_lists
from app.demo.actions_meetings import play_events
from app.demo.actions_messages import play_messages
from app.demo.actions_office import play_office
from app.demo.actions_papers import play_papers
from app.demo.actions_privacy import play_privacy
from app.demo.actions_projects import play_projects
from app.demo.actions_repairs import play_repairs
from app.demo.actions_rota import put_rota
from app.demo.actions_surveys import play_surveys
from app.demo.actions_training import mark_history, play_training
from app.demo.actions_vehicles import play_vehicles
from app.demo.actions_voices import play_open_calls, play_voices
from app.demo.actions_voiding import play_voiding
from app.photos.actions_pictures import drain
from app.refusals import Refusal


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(demo)


@click.command()
@click.option("--days", default=0, show_default=True, type=click.IntRange(0, 366), help="days of history before today")
@with_appcontext
def demo(days: int) -> None:
    """Load the demo compound: 62 points, 76 people, 20 editions, 67 rounds; `--days` adds believable history."""
    upgrade()
    try:
        load(days)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal


def load(days: int) -> None:
    """The compound, its history and its pictures, telling what it does."""
    began, now = time.monotonic(), clock.now()
    settings, store = current_app.extensions["settings"], current_app.extensions["photo_store"]
    atomically(lambda: load_compound(store))
    click.echo("demo compound: 62 points, 76 people, 20 editions, 67 rounds")
    atomically(lambda: play_training(now, settings.zone))
    atomically(lambda: play_projects(settings.zone, now))
    site = Site(settings.zone, store, settings.max_photo_bytes)
    if days:
        checks = _days(days, site, now)
        click.echo(f"\r{checks} records of {days} days; making thumbnails …")
    _draw_all(current_app._get_current_object(), 2 if days else 1)  # type: ignore[attr-defined]  # noqa: SLF001
    _stand_out(days, site, now)
    click.echo(f"loaded in {time.monotonic() - began:.0f} s")
    click.echo("sign in with wk-01, wk-19, ldr-01, adm-01 … and dabiao-demo; PIN 2468")


def _days(days: int, site: Site, now: datetime) -> int:
    """What is done, said and decided while the history runs; how many checks."""
    key = current_app.extensions["settings"].secret_key
    checks = _past(days, site, now)
    atomically(lambda: play_office(days, site, now))
    atomically(lambda: play_lessons(site, now))
    atomically(lambda: play_vehicles(site, now))
    atomically(lambda: play_events(site.zone, now))
    atomically(lambda: play_voices(days, site, now))
    atomically(lambda: play_repairs(site, now))
    atomically(lambda: play_complaints(days, site, key, now))
    atomically(lambda: play_findings(site, now))
    atomically(lambda: play_inspections(site, now))
    atomically(lambda: play_lists(days, site, now))
    atomically(lambda: play_draws(days, site, now))
    atomically(lambda: play_messages(days, site, now, key))
    atomically(lambda: play_open_calls(site, now))
    atomically(lambda: put_rota(site.zone, now))
    atomically(lambda: play_surveys(site, key, now))
    atomically(lambda: play_appraisals(site, now))
    _look_back(site, now)
    return checks


def _past(days: int, site: Site, now: datetime) -> int:
    """The days long ago and then the last ones, oldest first; how many checks."""
    long_ago = play_last_half(days, site, now) + play_last_month(days, site, now)
    return long_ago + make_history(days, site, now, _progress)


def _stand_out(days: int, site: Site, now: datetime) -> None:
    """What needs the pictures or stands beside the history: flags, the audit log."""
    if days:
        play_flags(site, now)
        play_privacy(site, now)
        play_voiding(site, now)


def _look_back(site: Site, now: datetime) -> None:
    """What needs the whole history: qualifications, contractors, suggestions."""
    atomically(lambda: mark_history(now))
    atomically(lambda: play_contractors(now, site.zone))
    atomically(lambda: play_grades(now, site.zone))
    atomically(lambda: play_papers(now, site.zone))
    atomically(lambda: play_halfyear(now, site))
    atomically(lambda: play_learning(site, now))


def _progress(text: str) -> None:
    click.echo(f"\rrecords: {text}", nl=False)


def _draw_all(app: Flask, processes: int) -> None:
    """The picture queue by several processes at once; each takes other pictures."""
    db.session.remove()
    db.engine.dispose()
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_draw, args=(app,)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def _draw(app: Flask) -> None:
    with app.app_context():
        store = app.extensions["photo_store"]
        while drain(store, now=clock.now(), on_failed=lambda _failed: None, limit=100):
            pass
