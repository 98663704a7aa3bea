"""`dabiao archive`: a closed month as one file, looked at, opened again, and put forward for removal."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from app import clock
from app.chain import store as chain_store
from app.cli_files import write_whole
from app.db import atomically
from app.disk import sync_folder
from app.operations.actions_archive import Made, fill, propose_removal, sha256_of, unknown_here
from app.operations.archives import Archive, NotAnArchive, NotWritten, opened, writing
from app.operations.rules_archive import Month, month_named

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(archive)


@click.group()
def archive() -> None:
    """Closed months as files that prove themselves against the chain."""


@archive.command()
@click.argument("month")
@click.argument("folder", type=FOLDER)
@click.option("--leave-missing", is_flag=True, help="go on although photos cannot be read here; they are named")
@with_appcontext
def make(month: str, folder: Path, *, leave_missing: bool) -> None:
    """Write the records of a MONTH (2024-01) with their photos into one file in FOLDER. Nothing is removed.

    The file is read again and every digest counted before it gets its name.
    """
    try:
        wanted = month_named(month, current_app.extensions["settings"].zone, clock.now())
    except ValueError as no:
        raise click.ClickException(str(no)) from no
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, part = folder / f"dabiao-{wanted.name}.sqlite3", folder / f"dabiao-{wanted.name}.part"
    if path.exists():
        raise click.ClickException(f"{path} is there already: check it, or move it away")
    try:
        made = _filled(part, wanted, leave_missing=leave_missing)
        with _opened(part) as content:
            _refuse_faults(content)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(str(folder))
    click.echo(f"{path}: {made.checks} records, SHA-256 {sha256_of(path)}; {made.held} stay out, held by what is open")


def _filled(part: Path, month: Month, *, leave_missing: bool) -> Made:
    held = current_app.extensions
    # What an earlier run left when it was ended by force.
    part.unlink(missing_ok=True)
    try:
        part.touch(mode=0o600)
        with writing(part) as file:
            made = fill(file, month, held["photo_store"], chain_store.secret(held["settings"].instance))
    except (NotWritten, OSError) as no:
        raise click.ClickException(str(no)) from no
    for sha256 in made.missing:
        click.echo(f"photo {sha256} cannot be read", err=True)
    if made.missing and not leave_missing:
        raise click.ClickException(f"{len(made.missing)} photos cannot be read; --leave-missing goes on without them")
    return made


@archive.command()
@click.argument("path", type=FILE)
@with_appcontext
def check(path: Path) -> None:
    """Count everything in the file again, and hold it against this site's chain; 1 when something does not fit."""
    with _opened(path) as content:
        _refuse_faults(content)
        told = content.about
        click.echo(f"{told['month']}: {told['checks']} records, {told['entries']} entries, {told['photos']} photos fit")


@archive.command("list")
@click.argument("path", type=FILE)
@click.option("--point", default="", help="of this point only")
@click.option("--day", default="", help="of this business day only, such as 2024-01-31")
@with_appcontext
def list_records(path: Path, point: str, day: str) -> None:
    """The records in the file, a line of JSON each."""
    with _opened(path) as content:
        for record in content.records():
            if point in ("", record["point_id"]) and day in ("", str(record["business_on"])):
                click.echo(json.dumps(record, ensure_ascii=False))


@archive.command()
@click.argument("path", type=FILE)
@click.argument("check_id")
@click.option("--photos", "folder", type=FOLDER, help="also write its photos into this folder")
@with_appcontext
def show(path: Path, check_id: str, folder: Path | None) -> None:
    """One record with all that the file has of it."""
    with _opened(path) as content:
        found = content.record(check_id)
        if not found:
            raise click.ClickException("there is no such record in this archive")
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        for row in found.get("photos", ()) if folder else ():
            _written(content, row, folder)


@archive.command()
@click.argument("path", type=FILE)
@with_appcontext
def propose(path: Path) -> None:
    """Put forward what the file holds for removal here; two persons decide. Keep two copies of the file first."""
    with _opened(path) as content:
        _refuse_faults(content)
        digest = sha256_of(path)
        with force_locale("zh_Hans_CN"):
            numbers = atomically(lambda: propose_removal(content, path, digest, clock.now()))
    if not numbers:
        raise click.ClickException("this archive holds no records: there is nothing to put forward")
    click.echo(f"{len(numbers)} lists wait for two persons at /privacy/retention: {', '.join(numbers)}")


@contextmanager
def _opened(path: Path) -> Iterator[Archive]:
    try:
        with opened(path) as content:
            yield content
    except NotAnArchive as no:
        raise click.ClickException(str(no)) from no


def _refuse_faults(content: Archive) -> None:
    found = list(content.faults(chain_store.present_secret(current_app.extensions["settings"].instance)))
    strange = unknown_here(content)
    found += [f"{len(strange)} entries are not in this site's chain, the first is {strange[0]}"] if strange else []
    for fault in found[:20]:
        click.echo(fault, err=True)
    if found:
        raise click.ClickException(f"{len(found)} faults: this file is not what was sealed")


def _written(content: Archive, row: dict[str, str], folder: Path | None) -> None:
    found = content.photo(row["sha256"])
    if found and folder:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{row['id']}.{row['media_type'].rpartition('/')[2]}", found[1])
