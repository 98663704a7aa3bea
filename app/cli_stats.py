"""`dabiao stats`: the tallies that figures are read from, counted anew or held against a recount."""

from datetime import date
from time import monotonic

import click
from flask import current_app
from flask.cli import with_appcontext

from app.tallies import actions
from app.tallies.actions_verify import verify as recount


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(stats)


@click.group()
def stats() -> None:
    """The tallies behind the figures."""


@stats.command()
@with_appcontext
def rebuild() -> None:
    """Count every tally anew from the windows, a month a transaction; the program may go on running."""
    began = monotonic()
    months = actions.rebuild(current_app.extensions["settings"].zone, _say)
    click.echo(f"{months} months counted anew in {monotonic() - began:.1f} s")


@stats.command()
@with_appcontext
def verify() -> None:
    """Recount the windows in SQL that shares nothing with the tallies; exit 1 and the first cell that differs."""
    began = monotonic()
    found = recount(current_app.extensions["settings"].zone)
    if found.first is not None:
        click.echo(f"{found.differing} cells differ, first: {found.first}", err=True)
        click.echo("dabiao stats rebuild counts them anew", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"{found.months} months recounted in {monotonic() - began:.1f} s: every cell agrees")


def _say(month: date) -> None:
    click.echo(f"{month:%Y-%m}", err=True)
