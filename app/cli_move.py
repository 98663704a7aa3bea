"""`dabiao move`: the whole site into another database, and its photos into another store; proved, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from app import clock, config_values, create_app
from app.chain.actions_verify import verify
from app.config import Settings, WrongSettings
from app.db import db
from app.operations.actions_backup import copy_photos
from app.operations.actions_move import NotMoved, move, refuse_occupied, refuse_unfit
from app.operations.queries_backup import places_in
from app.operations.queries_move import hold_still
from app.operations.rules_move import Summed
from app.photos.actions_spool import carry


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(move_site)


@click.command("move")
@click.option("--to", "url", required=True, help="the empty database, as DABIAO_DATABASE_URL takes it")
@click.option(
    "--photos", "store", help="also the photos, into a store as DABIAO_PHOTO_STORE takes it; default they stay"
)
@click.option("--leave-missing", is_flag=True, help="go on although photos cannot be read here; they are named")
@with_appcontext
def move_site(url: str, store: str | None, *, leave_missing: bool) -> None:
    """Everything from the site that the settings name into another database. Stop the servers first.

    Nothing changes here. What does not come over whole leaves the target without a row; run it again then.
    """
    began, here = perf_counter(), current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        with _target(here.extensions["settings"], url, store) as there:
            rows, photos = _moved(here, there, leave_missing=leave_missing)
            outcome = _verified(here, there)
    except (NotMoved, WrongSettings, OperationalError) as why:
        raise click.ClickException(str(why).splitlines()[0]) from why
    click.echo(f"{rows} rows and {photos} photos moved and read again, {perf_counter() - began:.1f} s; {outcome}")
    click.echo("set DABIAO_DATABASE_URL" + (" and DABIAO_PHOTO_STORE" if store else "") + " before the next start")


@contextmanager
def _target(settings: Settings, url: str, store: str | None) -> Iterator[Flask]:
    app = create_app(_settings_there(settings, url, store))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _settings_there(settings: Settings, url: str, store: str | None) -> Settings:
    try:
        given = {"database_url": config_values.database_url(url)}
        given |= {"photo_store": config_values.photo_store(store)} if store else {}
    except ValueError as why:
        raise NotMoved(str(why)) from why
    there = replace(settings, **given)  # type: ignore[arg-type]  # texts for texts
    if there.database_url == settings.database_url:
        raise NotMoved("the target is the database of this site itself")
    if wrong := there.contradictions():
        raise NotMoved("; ".join(wrong))
    return there


def _moved(here: Flask, there: Flask, *, leave_missing: bool) -> tuple[int, int]:
    with there.app_context():
        with db.engine.connect() as link:
            refuse_occupied(link)
        upgrade()
        target = db.engine
        with target.connect() as link:
            refuse_occupied(link)
    with _reading() as source:
        hold_still(source)
        refuse_unfit(source, target, clock.now())
        photos = _photos(here, there, source, leave_missing=leave_missing)
        return move(source, target, _tell), photos


def _reading() -> Connection:
    """The database of this site as of one moment."""
    link = db.engine.connect()
    return link if link.dialect.name == "sqlite" else link.execution_options(isolation_level="REPEATABLE READ")


def _photos(here: Flask, there: Flask, source: Connection, *, leave_missing: bool) -> int:
    """Photos first: no row names bytes that are not there. Those that came with an earlier try are not sent again."""
    before, after = here.extensions["photo_store"], there.extensions["photo_store"]
    if here.extensions["settings"].photo_store == there.extensions["settings"].photo_store:
        return 0
    copied = copy_photos(before, after, list(places_in(source)))
    if copied.missing and not leave_missing:
        raise NotMoved(f"{len(copied.missing)} photos cannot be read, the first is {copied.missing[0]}")
    for place in copied.missing:
        click.echo(f"missing: {place}")
    with there.app_context():
        carried = carry(after)
    if carried.left:
        raise NotMoved(f"{carried.left} photos wait in the spool, run it again: {carried.away}")
    return copied.photos


def _tell(name: str, summed: Summed) -> None:
    if summed.rows:
        click.echo(f"{name}: {summed.rows} rows, {summed.total:064x}")


def _verified(here: Flask, there: Flask) -> str:
    """The chain walked where it came to; what does not fit there must not have fitted here."""
    instance = here.extensions["settings"].instance
    with there.app_context():
        found = verify(instance)
    said = f"history: {found.entries} entries, "
    if found.ok:
        return f"{said}nothing was changed"
    before = verify(instance)
    if (before.head, before.found, before.faults) != (found.head, found.found, found.faults):
        raise NotMoved(f"the history does not fit: {found.found} faults there, {before.found} here; use neither, ask")
    return f"{said}{found.found} faults, the same as here: look at dabiao verify"
