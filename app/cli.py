"""`dabiao …`: parse, call one action, print. Commands live in `app/cli_<noun>.py`, each with `register(group)`."""

import sys
from importlib import import_module

import click
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError

from app import create_app
from app.config import WrongSettings
from app.refusals import Refusal

COMMANDS = (
    "app.cli_serve",
    "app.cli_archive",
    "app.cli_backup",
    "app.cli_data",
    "app.cli_demo",
    "app.cli_doctor",
    "app.cli_draws",
    "app.cli_exchange",
    "app.cli_history",
    "app.cli_labels",
    "app.cli_move",
    "app.cli_secrets",
    "app.cli_stats",
    "app.cli_tick",
    "app.cli_users",
)


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False)
def group() -> None:
    """码上达标: scan a work point's label, do its standard, see it in the log and the figures."""


for name in COMMANDS:
    import_module(name).register(group)


def main() -> None:
    """The console script; a wrong setting or a database that does not answer is one message, not a traceback."""
    try:
        group()
    except WrongSettings as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    except Refusal as no:
        click.echo(str(no.sentence), err=True)
        sys.exit(1)
    except OperationalError as away:
        click.echo(f"the database does not answer, nothing was changed: {away.orig}", err=True)
        sys.exit(1)
