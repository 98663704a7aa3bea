"""`dabiao demo`: the demo compound into an empty database."""

import click
from flask.cli import with_appcontext

from app.db import atomically
from app.demo.actions import load_compound
from app.refusals import Refusal


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(demo)


@click.command()
@with_appcontext
def demo() -> None:
    """Load the demo compound: 62 points, 76 people, 20 editions, 67 rounds."""
    try:
        atomically(load_compound)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from refusal
    click.echo("the demo compound is loaded; sign in with wk-01 and dabiao-demo")
