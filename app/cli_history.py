"""`dabiao verify`, `dabiao seal`, `dabiao history-roles`: the chain asked by hand, and roles that cannot change it."""

import json
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.chain.actions_seal import seal
from app.chain.actions_turn import sealing_turn
from app.chain.actions_verify import verify
from app.chain.queries_roles import role_statements
from app.chain.rules_telling import told
from app.days import ONE_DAY, begins
from app.db import db
from app.timer_holders import new_holder

DAY = click.DateTime(formats=["%Y-%m-%d"])


def register(group: click.Group) -> None:
    """Add the commands."""
    for command in (verify_history, seal_history, history_roles):
        group.add_command(command)


@click.command("verify")
@click.option("--from", "first", type=DAY, help="first day on which entries were sealed, such as 2026-11-01")
@click.option("--to", "last", type=DAY, help="last day, itself included")
@click.option("--json", "as_json", is_flag=True, help="one line for machines")
@with_appcontext
def verify_history(first: datetime | None, last: datetime | None, *, as_json: bool) -> None:
    """Walk the chain, count every digest again, name the first record that does not fit; 1 when there is one."""
    settings = current_app.extensions["settings"]
    since = begins(first, settings.zone) if first else None
    until = begins(last + ONE_DAY, settings.zone) if last else None
    outcome = verify(settings.instance, since=since, until=until)
    if as_json:
        named = [{"kind": each.kind, "entry": each.seq, "record": each.named} for each in outcome.faults]
        click.echo(json.dumps({"ok": outcome.ok, "entries": outcome.entries, "found": outcome.found, "faults": named}))
    else:
        for line in told(outcome):
            click.echo(line)
    if not outcome.ok:
        raise click.exceptions.Exit(1)


@click.command("seal")
@with_appcontext
def seal_history() -> None:
    """Seal every record that has no entry yet, wherever it stands; the timer does the same within a minute."""
    now = clock.now()
    with sealing_turn(new_holder(), now) as mine:
        if not mine:
            raise click.ClickException("another run is sealing just now; it seals these records too")
        count = seal(current_app.extensions["settings"].instance, now, whole=True)
    click.echo(f"{count} records sealed")


@click.command("history-roles")
@click.argument("role")
@click.option("--print", "only_print", is_flag=True, help="print the statements instead of running them")
@with_appcontext
def history_roles(role: str, *, only_print: bool) -> None:
    """Make ROLE (PostgreSQL) able to run the product and unable to change history or the schema.

    Run it as the owner of the tables; then let the server sign in as ROLE, and keep the owner for `dabiao migrate`.
    """
    if db.engine.dialect.name != "postgresql":
        raise click.ClickException("SQLite has no roles: there the guards and the chain stand alone")
    statements = role_statements(role)
    if only_print:
        click.echo(";\n".join(statements) + ";")
        return
    with db.engine.begin() as link:
        for statement in statements:
            link.exec_driver_sql(statement)
    click.echo(f"{role} reads and adds, and changes no history")
