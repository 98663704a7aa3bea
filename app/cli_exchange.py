"""`dabiao import FILE` and `dabiao export`: workbooks of points, people and rounds, by the same deeds as the pages."""

from pathlib import Path
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.accounts.queries import person_by_id
from app.db import atomically
from app.exchange.actions import MAY, Sent, apply, counts_of, take_in, template
from app.exchange.actions_read import kind_of
from app.exchange.queries import first_of
from app.exchange.rules import Kind, Reading
from app.refusals import Refusal
from app.schedule.actions_rota import Call
from app.web.current import CurrentPerson


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(bring_in)
    group.add_command(take_out)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="only say what it would change")
@click.option("--as", "person_id", default="", help="account that does it; default the first that may")
@with_appcontext
def bring_in(file: Path, dry_run: bool, person_id: str) -> None:
    """Take over the workbook FILE (.xlsx) as a whole, or nothing of it; says what it changed or what does not hold."""
    body = file.read_bytes()
    try:
        kind = kind_of(body)
        if kind is None:
            raise click.ClickException("this is none of the workbooks: points, people or rounds")
        who, call = _who(kind, person_id), _call()
        sent = Sent(str(uuid4()), kind, file.name, body)
        reading = atomically(lambda: take_in(sent, who, call))
        if not reading.faults and not dry_run:
            atomically(lambda: apply(sent.id, who, call))
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal
    _tell(reading, dry_run=dry_run)


@click.command("export")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="the workbook to write (.xlsx)"
)
@click.option("--as", "person_id", default="", help="account whose reach counts; default the first that may")
@with_appcontext
def take_out(kind: str, out: Path, person_id: str) -> None:
    """Write what stands now as a workbook that `dabiao import` takes."""
    chosen = Kind(kind)
    out.write_bytes(template(chosen, _who(chosen, person_id), _call(), filled=True))
    click.echo(f"{kind}: written to {out}")


def _tell(reading: Reading, *, dry_run: bool) -> None:
    if reading.faults:
        lines = [f"{fault.sheet}!{fault.cell} {fault.sentence}" for fault in reading.faults]
        raise click.ClickException("\n".join(["nothing was changed:", *lines]))
    counts = counts_of(reading)
    done = "would be" if dry_run else "are"
    click.echo(f"{reading.kind}: {counts['new']} {done} new, {counts['changed']} changed, {counts['same']} the same")


def _who(kind: Kind, person_id: str) -> CurrentPerson:
    chosen = person_id or first_of(MAY[kind])
    person = person_by_id(chosen) if chosen else None
    if person is None or person.role not in MAY[kind]:
        roles = ", ".join(role.value for role in MAY[kind])
        raise click.ClickException(f"no active account may do this; it takes one of: {roles} (--as ID)")
    return person


def _call() -> Call:
    return Call(clock.now(), current_app.extensions["settings"].zone)
