"""`dabiao doctor`: looks at everything, says what to do, changes nothing; exit 1 when something is wrong."""

import json
import shutil

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.db import db
from app.operations.actions_doctor import examine
from app.operations.rules_doctor import Found, Health, worst
from app.timer_jobs import JOBS

MARKS = {Health.OK: "ok    ", Health.LOOK: "look  ", Health.WRONG: "WRONG "}
TOOLS = ("pg_dump", "pg_restore")


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(doctor)


@click.command()
@click.option("--all-photos", is_flag=True, help="read every photo, not the newest 200; minutes on a large site")
@click.option("--json", "as_json", is_flag=True, help="one object a line")
@with_appcontext
def doctor(all_photos: bool, as_json: bool) -> None:
    """Settings, disks, schema, timer, rows ahead, pictures, photos, clocks: what is fine and what to do."""
    settings, store = current_app.extensions["settings"], current_app.extensions["photo_store"]
    rhythm = {job.name: job.every for job in JOBS}
    found = examine(settings, store, newest=_newest(), rhythm=rhythm, now=clock.now(), all_photos=all_photos) + _tools()
    for each in found:
        plain = {"name": each.name, "health": str(each.health), "said": each.said}
        click.echo(
            json.dumps(plain, ensure_ascii=False) if as_json else f"{MARKS[each.health]}{each.name}: {each.said}"
        )
    if worst(found) is Health.WRONG:
        raise click.exceptions.Exit(1)


def _newest() -> str:
    config = current_app.extensions["migrate"].migrate.get_config()
    return ScriptDirectory.from_config(config).get_current_head() or ""


def _tools() -> list[Found]:
    """What `dabiao backup` calls on PostgreSQL."""
    if db.engine.dialect.name == "sqlite":
        return []
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    said = f"missing: {', '.join(missing)}; install postgresql-client" if missing else "pg_dump and pg_restore are here"
    return [Found("backup", Health.WRONG if missing else Health.OK, said)]
