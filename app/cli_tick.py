"""`dabiao tick`: the timer's jobs once, for cron or by hand."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.timer import run_due


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(tick)


@click.command()
@click.option("--all", "at_once", is_flag=True, help="do every job now, also one whose time has not come")
@with_appcontext
def tick(at_once: bool) -> None:
    """Make rows ahead, settle states, sweep staged photos, drain the picture queue: whatever is due and nobody does."""
    ran = run_due(current_app._get_current_object(), at_once=at_once)  # type: ignore[attr-defined]  # noqa: SLF001
    for each in ran:
        click.echo(f"{each.name}: {'failed, will be tried again' if each.count is None else each.count}")
    if not ran:
        click.echo("nothing is due")
    if any(each.count is None for each in ran):
        raise click.exceptions.Exit(1)
