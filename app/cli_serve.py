"""`dabiao serve`: migrate, then gunicorn with the shipped settings; `--demo` makes a trial for this network of it."""

import os
import shutil
import socket
import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.accounts.queries_people import Account, Filters, accounts
from app.accounts.rules import ROLE_WORDS, Reach
from app.cli_certificates import local_certificate
from app.cli_demo import load
from app.config import METRICS_FOLDER, Settings, environment
from app.demo.actions import PASSWORD, PIN
from app.demo.queries import is_empty
from app.web.words import _
from qr.symbol import terminal

DEMO_DAYS = 14


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(serve)


@click.command()
@click.option("--demo", is_flag=True, help="a trial: load the demo compound with 14 days when the database is empty")
@click.option(
    "--host", envvar="HOST", help="address to listen on; 127.0.0.1, with --demo 0.0.0.0 so that phones reach it"
)
@click.option("--https", is_flag=True, help="a local certificate, so that phones may use camera and offline store")
@click.option("--port", default=8000, show_default=True, type=int, envvar="PORT", help="TCP port")
@click.option("--workers", default=2, show_default=True, type=int, help="worker processes")
@click.option("--threads", default=8, show_default=True, type=int, help="threads in a worker")
@with_appcontext
def serve(demo: bool, host: str | None, https: bool, port: int, workers: int, threads: int) -> None:
    """Migrate the database, then serve with gunicorn until stopped by Ctrl-C."""
    host = host or ("0.0.0.0" if demo or https else "127.0.0.1")
    _refuse_taken(host, port)
    upgrade()
    settings = current_app.extensions["settings"]
    base_url = settings.base_url
    if demo or https:
        base_url = environment().get("DABIAO_BASE_URL") or _reachable(host, port, "https" if https else "http")
    options = ["--bind", f"{host}:{port}", "--workers", str(workers), "--threads", str(threads)]
    if https:
        options += _certified(settings, base_url)
    if demo:
        if is_empty():
            click.echo(_("Loading the demo compound; this takes a minute."))
            load(DEMO_DAYS)
        _greet(base_url, port)
    else:
        click.echo(f"serving {base_url} on {host}:{port}; stop with Ctrl-C")
    _become_gunicorn(base_url, *options)


def _certified(settings: Settings, base_url: str) -> list[str]:
    """Gunicorn's options for TLS; tells how phones come to trust the certificate."""
    if not base_url.startswith("https://"):
        raise click.ClickException(f"--https serves https; DABIAO_BASE_URL says {base_url}")
    made = local_certificate(settings, base_url)
    click.echo("")
    for line in (
        "",
        _("Phones must trust this certificate once: %(url)s", url=f"{base_url}/ca.crt"),
        _("  (or send them the file %(path)s)", path=made.authority),
        _("Android: Settings, search “CA certificate”, install from storage, choose the file."),
        _("iPhone: open the address in Safari, allow the profile, install it in Settings; then Settings, General,"),
        _("  About, Certificate Trust Settings: switch it on."),
        _("SHA-256 as the phone shows it: %(fingerprint)s", fingerprint=made.fingerprint),
        _("Remove it from the phones when the trial is over."),
    ):
        click.echo(line)
    return ["--certfile", str(made.chain), "--keyfile", str(made.key)]


def _become_gunicorn(base_url: str, *options: str) -> None:
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:app.serving", *options, "app:create_app()"]
    counted = _meeting_place(current_app.extensions["settings"])
    # This process becomes the server, so that Ctrl-C and signals reach it without a middleman.
    os.execve(sys.executable, command, environment(DABIAO_BASE_URL=base_url, **counted))  # noqa: S606


def _meeting_place(settings: Settings) -> dict[str, str]:
    """An empty folder in which the workers add up what `/metrics` tells."""
    if not settings.metrics_key:
        return {}
    folder = settings.instance / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {METRICS_FOLDER: str(folder)}


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as why:
            raise click.ClickException(f"cannot listen on {host}:{port}: {why.strerror}; try PORT={port + 1}") from why


def _reachable(host: str, port: int, scheme: str) -> str:
    """The address that phones in the network can open; this computer's own when there is no network."""
    if host not in ("0.0.0.0", "::"):
        return f"{scheme}://{host}:{port}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # No packet is sent: this only asks which of the own addresses faces the network.
            probe.connect(("192.0.2.1", 9))
            return f"{scheme}://{probe.getsockname()[0]}:{port}"
        except OSError:
            return f"{scheme}://127.0.0.1:{port}"


def _greet(base_url: str, port: int) -> None:
    """Addresses, a symbol for phones, accounts, and how to stop."""
    click.echo("")
    click.echo(_("On this computer:  %(url)s", url=f"{base_url.partition(':')[0]}://127.0.0.1:{port}"))
    click.echo(_("On phones in the same network:  %(url)s", url=base_url))
    click.echo(terminal(base_url))
    click.echo(_("Demo accounts (password %(password)s, PIN %(pin)s):", password=PASSWORD, pin=PIN))
    for account in _one_a_role():
        click.echo(f"  {account.id:<8} {ROLE_WORDS[account.role]} · {account.name} · {account.org_name}")
    click.echo(_("Stop with Ctrl-C."))
    click.echo("")


def _one_a_role() -> list[Account]:
    found, _total = accounts(Reach(everybody=True), Filters(page_size=1000))
    first: dict[str, Account] = {}
    for account in sorted(found, key=lambda each: each.id):
        first.setdefault(account.role, account)
    return [first[role] for role in ROLE_WORDS if role in first]
