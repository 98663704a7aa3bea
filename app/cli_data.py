"""Commands on the database: migrate."""

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(migrate)


@click.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to this version's schema."""
    upgrade()
    click.echo("schema is up to date")
