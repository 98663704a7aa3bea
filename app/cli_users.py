"""`dabiao user …`: accounts from the command line, for the first administrator and for a lost password."""

from collections.abc import Callable
from typing import TypeVar

import click
from flask.cli import with_appcontext

from app.accounts.actions import account_id, keep_pin
from app.accounts.actions_people import Sheet, add_person, disable, enable, fresh_password, fresh_pin, reset_password
from app.accounts.forms import parse_person
from app.accounts.queries_people import Account, account_within
from app.accounts.rules import Reach
from app.db import atomically
from app.organisations.queries import units
from app.refusals import Refusal
from app.web.current import Role

T = TypeVar("T")


def register(group: click.Group) -> None:
    """Add the commands."""
    group.add_command(user)


@click.group()
def user() -> None:
    """Add, reset, disable and enable accounts."""


@user.command()
@click.argument("person_id", metavar="ID")
@click.option("--name", required=True, help="name or post, at most 60 characters")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--org", required=True, help="id of the unit, such as org-bureau")
@click.option("--crew", default="", help="id of the crew; a crew leader needs one")
@with_appcontext
def add(person_id: str, name: str, role: str, org: str, crew: str) -> None:
    """Add the account ID and print its password, this once."""
    given = {"id": person_id, "name": name, "role": role, "org_id": org, "crew_id": crew}
    form = parse_person(given, units={unit.id for unit in units()}, new=True)
    if form.errors:
        raise click.ClickException("\n".join(f"{field}: {sentence}" for field, sentence in form.errors.items()))
    password = fresh_password()
    sheet = Sheet(form.id, form.name, Role(form.role), form.org_id, form.crew_id or None, None)
    _done(lambda: add_person(sheet, password, by=None))
    click.echo(f"added {form.id} ({form.role} of {form.org_id}); password, shown this once: {password}")


@user.command()
@click.argument("person_id", metavar="ID")
@click.option("--pin", is_flag=True, help="reset the PIN for second signatures and leave the password")
@with_appcontext
def reset(person_id: str, pin: bool) -> None:
    """Make a new password (or PIN) for ID, print it this once, and end all sessions of the account."""
    account = _account(person_id)
    if pin:
        fresh = fresh_pin()
        _done(lambda: keep_pin(account.id, fresh, by=None))
        click.echo(f"PIN of {account.id}, shown this once: {fresh}")
        return
    password = _done(lambda: reset_password(account, by=None))
    click.echo(f"password of {account.id}, shown this once: {password}; all sessions have ended")


@user.command("disable")
@click.argument("person_id", metavar="ID")
@with_appcontext
def switch_off(person_id: str) -> None:
    """Let ID sign in no longer and end all its sessions; records stay."""
    account = _account(person_id)
    _done(lambda: disable(account, by=None))
    click.echo(f"{account.id} is disabled; all sessions have ended")


@user.command("enable")
@click.argument("person_id", metavar="ID")
@with_appcontext
def switch_on(person_id: str) -> None:
    """Let ID sign in again."""
    account = _account(person_id)
    _done(lambda: enable(account, by=None))
    click.echo(f"{account.id} signs in again")


def _account(person_id: str) -> Account:
    try:
        return account_within(Reach(everybody=True), account_id(person_id))
    except Refusal as refusal:
        raise click.ClickException(f"there is no account {person_id}") from refusal


def _done(deed: Callable[[], T]) -> T:
    try:
        return atomically(deed)
    except Refusal as refusal:
        sentences = [refusal.sentence, *refusal.fields.values()]
        raise click.ClickException(" ".join(str(sentence) for sentence in sentences)) from refusal
