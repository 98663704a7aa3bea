"""`dabiao secrets …`: a fresh key for the installation, the old one taken for a stated time; what is sealed follows."""

import os
import secrets as random
from datetime import timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.accounts.actions_factor import reseal_factors
from app.config import Settings
from app.db import atomically
from app.messages.actions_channels import reseal_channels
from app.web.sealing import FormerKey, Keys, written

LONGEST_H = 24 * 30


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(secrets)


@click.group()
def secrets() -> None:
    """Replace the key of the installation and seal secrets anew."""


@secrets.command()
@click.option(
    "--accept-hours", default=24, show_default=True, type=click.IntRange(0, LONGEST_H), help="sessions live on"
)
@with_appcontext
def rotate(accept_hours: int) -> None:
    """Make a fresh key; what the present one has signed is taken for --accept-hours, 0 signs everybody out."""
    settings: Settings = current_app.extensions["settings"]
    kept_key = settings.instance / "secret-key"
    if not kept_key.exists() or kept_key.read_text(encoding="ascii").strip() != settings.secret_key:
        raise click.ClickException(_by_hand(accept_hours))
    now = clock.now()
    former = FormerKey(settings.secret_key, now + timedelta(hours=accept_hours))
    # One that is over may still have sealed something; it goes with the next rotation after `reseal`.
    kept = (former, *(each for each in settings.former_keys if now < each.until))
    fresh = random.token_urlsafe(48)
    _keep(settings.instance / "secret-key.former", written(kept))
    _keep(settings.instance / "secret-key", fresh)
    sealed = _reseal((fresh, *settings.keys))
    click.echo(f"fresh key in {settings.instance / 'secret-key'}; {sealed} secrets sealed anew")
    click.echo(f"sessions of the old key are taken until {former.until.isoformat(timespec='minutes')}")
    click.echo("now restart the server: a running one knows the old key only")


@secrets.command()
@with_appcontext
def reseal() -> None:
    """Seal with the newest key what an older one has sealed; run it after the restart."""
    settings: Settings = current_app.extensions["settings"]
    click.echo(f"{_reseal(settings.keys)} secrets sealed anew")


def _reseal(keys: Keys) -> int:
    """Every place where something sealed is kept: channels of messages, second factors."""
    return atomically(lambda: reseal_channels(keys) + reseal_factors(keys))


def _keep(path: Path, text: str) -> None:
    """Whole or not at all, readable by its owner only."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _by_hand(hours: int) -> str:
    until = (clock.now() + timedelta(hours=hours)).isoformat(timespec="seconds")
    return (
        "the key comes from DABIAO_SECRET_KEY: set it to a fresh one (python3 -c 'import secrets; "
        f"print(secrets.token_urlsafe(48))'), set DABIAO_FORMER_KEYS to <the old key>@{until}, restart the server, "
        "then run dabiao secrets reseal"
    )
