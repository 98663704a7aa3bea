"""`dabiao serve`: migrate, then gunicorn with the shipped settings."""

import os
import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(serve)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST", help="address to listen on")
@click.option("--port", default=8000, show_default=True, type=int, envvar="PORT", help="TCP port")
@click.option("--workers", default=2, show_default=True, type=int, help="worker processes")
@click.option("--threads", default=8, show_default=True, type=int, help="threads in a worker")
@with_appcontext
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Migrate the database, then serve with gunicorn until stopped by Ctrl-C."""
    upgrade()
    settings = current_app.extensions["settings"]
    click.echo(f"serving {settings.base_url} on {host}:{port}; stop with Ctrl-C")
    sys.stdout.flush()
    os.execv(  # noqa: S606  this process becomes the server
        sys.executable,
        [
            sys.executable, "-m", "gunicorn", "--config", "python:app.serving",
            "--bind", f"{host}:{port}", "--workers", str(workers), "--threads", str(threads), "app:create_app()",
        ],
    )
