"""`dabiao draw …`: replay a draw from its seed and its list, and say whether it is the same."""

import click
from flask.cli import with_appcontext

from app.spotchecks.queries_draws import find_draw, published
from app.spotchecks.rules_draws import replay
from app.spotchecks.rules_words import DIFFERENCES


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(draw)


@click.group()
def draw() -> None:
    """Draws of spot checks: replay one."""


@draw.command("replay")
@click.argument("draw_id")
@with_appcontext
def replay_draw(draw_id: str) -> None:
    """Draw DRAW_ID again from its published seed and list alone; says equal or names every difference."""
    row = find_draw(draw_id)
    if row is None:
        raise click.ClickException(f"there is no draw {draw_id}")
    if row.drawn_at is None:
        raise click.ClickException(
            f"draw {draw_id} is promised and not drawn yet (period ends {row.closes_at:%F %R} UTC)"
        )
    told = replay(published(row))
    for each in told:
        click.echo(f"{each.where} {DIFFERENCES[each.what]}".strip())
    if told:
        click.echo(f"draw {draw_id}: not the same")
        raise click.exceptions.Exit(1)
    click.echo(f"draw {draw_id}: equal, the same {row.sample} of {row.population} records (list {row.list_sha256})")
