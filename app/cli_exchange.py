"""`dabiao import FILE` and `dabiao export`: workbooks and standards packs, by the same deeds as the pages."""

from pathlib import Path
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.accounts.queries import person_by_id
from app.cli_files import write_whole
from app.db import atomically
from app.exchange.actions import MAY, Sent, apply, counts_of, take_in, template
from app.exchange.actions_call import Office
from app.exchange.actions_pack import apply_pack, export, keep_pack, look, opened
from app.exchange.actions_read import kind_of
from app.exchange.queries import first_of
from app.exchange.queries_pack import nobody_here
from app.exchange.rules import Kind, Reading
from app.exchange.rules_pack_plan import Look
from app.exchange.rules_pack_reading import looks_like_pack
from app.refusals import Refusal
from app.web.current import CurrentPerson, Role

# Who is named where a pack comes into a database that has no accounts yet.
NOBODY = "dabiao"
PACK_ENDING = ".json"


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(bring_in)
    group.add_command(take_out)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="only say what it would change")
@click.option("--as", "person_id", default="", help="account that does it; default the first that may")
@click.option("--unit", default="", help="of a pack: id of the unit that answers where it names one unknown here")
@with_appcontext
def bring_in(file: Path, dry_run: bool, person_id: str, unit: str) -> None:
    """Take over FILE as a whole, or nothing of it: a workbook (.xlsx) or a standards pack (.json).

    Says what it changed or what does not hold.
    """
    body = file.read_bytes()
    try:
        if looks_like_pack(body[:64]):
            _tell_pack(_bring_pack(file.name, body, person_id, unit, dry_run=dry_run), dry_run=dry_run)
        else:
            _tell(_bring_workbook(file.name, body, person_id, dry_run=dry_run), dry_run=dry_run)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal


@click.command("export")
@click.argument("kind", type=click.Choice([kind.value for kind in MAY]))
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="the file to write, the same as FILE")
@click.option("--standard", "codes", multiple=True, help="of a pack: number without year, may be repeated; default all")
@click.option("--as", "person_id", default="", help="account whose reach counts; default the first that may")
@with_appcontext
def take_out(kind: str, file: Path | None, out: Path | None, codes: tuple[str, ...], person_id: str) -> None:
    """Write what stands now as a FILE that `dabiao import` takes.

    `standards` to a .json file is a standards pack; to an .xlsx file it is the empty workbook for new standards.
    """
    target, chosen = file or out, Kind(kind)
    if target is None:
        raise click.UsageError("name the FILE to write")
    try:
        if chosen is Kind.STANDARDS and target.suffix.lower() == PACK_ENDING:
            write_whole(target, export(codes, current_app.extensions["photo_store"]))
        else:
            filled = chosen is not Kind.STANDARDS
            write_whole(target, template(chosen, _who(chosen, person_id), _call(), filled=filled))
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal
    click.echo(f"{kind}: written to {target}")


def _bring_workbook(name: str, body: bytes, person_id: str, *, dry_run: bool) -> Reading:
    kind = kind_of(body)
    if kind is None:
        raise click.ClickException("this is none of the workbooks: points, people, rounds or standards")
    who, call = _who(kind, person_id), _call()
    sent = Sent(str(uuid4()), kind, name, body)
    reading = atomically(lambda: take_in(sent, who, call))
    if not reading.faults and not dry_run:
        atomically(lambda: apply(sent.id, who, call))
    return reading


def _bring_pack(name: str, body: bytes, person_id: str, unit: str, *, dry_run: bool) -> Look:
    came, call = opened(body), _call()
    by_id = NOBODY if nobody_here() and not person_id else _who(Kind.STANDARDS, person_id).id
    found, sent = look(came, unit), Sent(str(uuid4()), Kind.PACK, name, body)
    atomically(lambda: keep_pack(sent, by_id, call))
    if found.ready and not dry_run:
        store = current_app.extensions["photo_store"]
        atomically(lambda: apply_pack(sent.id, came, unit, by_id, call, store))
    return found


def _tell(reading: Reading, *, dry_run: bool) -> None:
    if reading.faults:
        lines = [f"{fault.sheet}!{fault.cell} {fault.sentence}" for fault in reading.faults]
        raise click.ClickException("\n".join(["nothing was changed:", *lines]))
    counts = counts_of(reading)
    done = "would be" if dry_run else "are"
    click.echo(f"{reading.kind}: {counts['new']} {done} new, {counts['changed']} changed, {counts['same']} the same")


def _tell_pack(found: Look, *, dry_run: bool) -> None:
    if found.faults:
        lines = [f"{fault.where} {fault.sentence}" for fault in found.faults]
        raise click.ClickException("\n".join(["nothing was changed:", *lines]))
    counts, done = found.counts, "would be" if dry_run else "are"
    told = f"{counts['new']} {done} new, {counts['same']} the same, {counts['kept']} stay as they are here"
    click.echo(f"standards pack {found.digest}: {told}")


def _who(kind: Kind, person_id: str) -> CurrentPerson:
    may: tuple[Role, ...] = MAY[kind]
    chosen = person_id or first_of(may)
    person = person_by_id(chosen) if chosen else None
    if person is None or person.role not in may:
        roles = ", ".join(role.value for role in may)
        raise click.ClickException(f"no active account may do this; it takes one of: {roles} (--as ID)")
    return person


def _call() -> Office:
    settings = current_app.extensions["settings"]
    return Office(clock.now(), settings.zone, settings.standard_prefix)
