"""`dabiao tick`: the timer's jobs once, for cron or by hand."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.timer import carry_spool, run_due, take_back, tidy_spool


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(tick)


@click.command()
@click.option("--all", "at_once", is_flag=True, help="do every job now, also one whose time has not come")
@with_appcontext
def tick(at_once: bool) -> None:
    """Make rows ahead, settle states, sweep staged photos, drain the picture queue: whatever is due and nobody does."""
    host = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    carried = carry_spool(host)
    tidied = tidy_spool(host) if at_once or clock.now().minute == 0 else 0
    take_back(host)
    ran = run_due(host, at_once=at_once)
    for each in ran:
        click.echo(f"{each.name}: {'failed, will be tried again' if each.count is None else each.count}")
    if carried.count or carried.left or tidied:
        said = f", {carried.left} wait: {carried.away}" if carried.away else ""
        click.echo(f"spool: {carried.count} carried, {tidied} old copies gone{said}")
    if not ran:
        click.echo("nothing is due")
    if any(each.count is None for each in ran) or carried.away:
        raise click.exceptions.Exit(1)
