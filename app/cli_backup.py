"""`dabiao backup` and `dabiao restore`: all into a folder while the server works, and back into an empty site."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app import clock
from app.chain.actions_verify import verify
from app.chain.rules_telling import only_older, told_after_restore
from app.chain.store import head
from app.db import db
from app.operations.actions_backup import Copied, copy_photos
from app.operations.dumps import DumpFailed, bring_back, digest_of, frozen
from app.operations.queries_backup import anything_in, places_in, revision_of, rows_by_table
from app.operations.rules_backup import (
    DATABASE_FILES,
    MANIFEST,
    PLACES,
    POOL,
    BadManifest,
    Manifest,
    folder_name,
    outdated,
    read_manifest,
)
from app.photos.actions_spool import carry
from app.photos.store import FolderStore
from app.refusals import Refusal

KEYS = ("secret-key", "chain-key")
T = TypeVar("T")


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(backup)
    group.add_command(restore)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keep", "keep_days", type=int, help="days: older runs go, with the photos that no run names; default all stay"
)
@click.option("--with-keys", is_flag=True, help="also the keys of the instance folder; keep such a backup as a secret")
@with_appcontext
def backup(folder: Path, keep_days: int | None, with_keys: bool) -> None:
    """Database, photos and voice memos into FOLDER while the server works; of photos only what is new there."""
    began, now = perf_counter(), clock.now()
    run = folder / folder_name(now)
    manifest, copied = _plainly(lambda: _take(folder, run, with_keys=with_keys))
    gone = _prune(folder, keep_days) if keep_days is not None else 0
    click.echo(
        f"{run}: {sum(manifest.rows.values())} rows, {manifest.photos} photos ({copied.photos} new,"
        f" {copied.size / 1e6:.1f} MB), {perf_counter() - began:.1f} s"
        + (f"; {gone} older runs removed" if gone else "")
    )
    if manifest.missing:
        raise click.ClickException(f"{len(manifest.missing)} photos cannot be read, the first is {manifest.missing[0]}")


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@with_appcontext
def restore(run: Path) -> None:
    """Bring RUN (a folder of a backup) into the empty site that the settings name, and look whether all is there."""
    began = perf_counter()
    manifest = _plainly(lambda: _bring(run))
    click.echo(
        f"{sum(manifest.rows.values())} rows and {manifest.photos} photos of {manifest.made_at} are back,"
        f" {perf_counter() - began:.1f} s; nothing is missing"
    )
    carried = carry(current_app.extensions["photo_store"])
    if carried.left:
        click.echo(f"{carried.left} files wait in the spool until the bucket takes them: {carried.away}")
    _walk_history()


def _walk_history() -> None:
    """What came back is walked along its chain; 1 when more is wrong than that the copy is older than the site was."""
    folder = current_app.extensions["settings"].instance
    outcome = verify(folder)
    for line in told_after_restore(outcome, head_is_here=head(folder) is not None):
        click.echo(line)
    if not only_older(outcome):
        raise click.ClickException("the history of this copy does not fit its chain: keep the copy as it is")


def _plainly(work: Callable[[], T]) -> T:
    try:
        return work()
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal
    except (DumpFailed, BadManifest, OSError) as fault:
        raise click.ClickException(str(fault)) from fault


def _take(folder: Path, run: Path, *, with_keys: bool) -> tuple[Manifest, Copied]:
    run.mkdir(mode=0o700, parents=True)
    try:
        return _fill(folder, run, with_keys=with_keys)
    except BaseException as fault:
        # What did not end has no manifest and helps nobody.
        shutil.rmtree(run, ignore_errors=True)
        if isinstance(fault, (Refusal, DumpFailed, OSError)):
            told = fault.sentence if isinstance(fault, Refusal) else fault
            raise DumpFailed(f"{told}\nNothing of this run is kept; earlier runs are as they were.") from fault
        raise


def _fill(folder: Path, run: Path, *, with_keys: bool) -> tuple[Manifest, Copied]:
    file = run / DATABASE_FILES[db.engine.dialect.name]
    with frozen(db.engine, file) as link:
        places, rows, revision = list(places_in(link)), rows_by_table(link), revision_of(link)
    pool = FolderStore(folder / POOL)
    there = _lying_in(folder / POOL)
    copied = copy_photos(current_app.extensions["photo_store"], pool, (each for each in places if each not in there))
    missing = set(copied.missing)
    _write(run / PLACES, "".join(f"{place}\n" for place in places if place not in missing))
    manifest = Manifest(
        clock.now().isoformat(), db.engine.dialect.name, revision, digest_of(file), file.stat().st_size,
        len(places) - len(missing), rows, copied.missing,
    )  # fmt: skip
    if with_keys:
        _copy_keys(current_app.extensions["settings"].instance, run)
    _write(run / MANIFEST, json.dumps(manifest.plain(), ensure_ascii=False, indent=1))
    return manifest, copied


def _bring(run: Path) -> Manifest:
    manifest = read_manifest(json.loads((run / MANIFEST).read_text("utf-8")))
    file = run / DATABASE_FILES[manifest.dialect]
    _refuse_unfit(manifest, file)
    pool = FolderStore(run.parent / POOL)
    places = (run / PLACES).read_text("utf-8").split()
    # Photos first: as everywhere, no row names bytes that are not there.
    copied = copy_photos(pool, current_app.extensions["photo_store"], places)
    if copied.missing:
        raise DumpFailed(f"{len(copied.missing)} photos are not in the backup, the first is {copied.missing[0]}")
    bring_back(db.engine, file)
    with db.engine.connect() as link:
        found = rows_by_table(link)
    if found != manifest.rows:
        differ = [name for name in manifest.rows if found.get(name) != manifest.rows[name]]
        raise DumpFailed(f"rows differ from the manifest in {', '.join(differ)}")
    upgrade()
    return manifest


def _refuse_unfit(manifest: Manifest, file: Path) -> None:
    here = db.engine.dialect.name
    if manifest.dialect != here:
        raise DumpFailed(f"the backup is of {manifest.dialect}, the settings name {here}")
    if digest_of(file) != manifest.database_sha256:
        raise DumpFailed(f"{file.name} is not what the manifest says: damaged or changed")
    with db.engine.connect() as link:
        if anything_in(link):
            raise DumpFailed("the database that the settings name is not empty; name an empty one")


def _lying_in(pool: Path) -> set[str]:
    if not pool.is_dir():
        return set()
    return {f"{day.name}/{each.name}" for day in os.scandir(pool) if day.is_dir() for each in os.scandir(day.path)}


def _prune(folder: Path, keep_days: int) -> int:
    """Remove old runs, then the photos that no run names any more."""
    gone = outdated((each.name for each in folder.iterdir()), clock.now(), timedelta(days=keep_days))
    for name in gone:
        shutil.rmtree(folder / name)
    if gone:
        named = set(_named_by(each for each in folder.iterdir() if (each / MANIFEST).exists()))
        for place in _lying_in(folder / POOL) - named:
            if not place.startswith("made/"):
                (folder / POOL / place).unlink()
    return len(gone)


def _named_by(runs: Iterable[Path]) -> Iterable[str]:
    for run in runs:
        yield from (run / PLACES).read_text("utf-8").split()


def _copy_keys(instance: Path, run: Path) -> None:
    for name in KEYS:
        with suppress(FileNotFoundError):
            shutil.copyfile(instance / name, run / name)
            (run / name).chmod(0o600)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
