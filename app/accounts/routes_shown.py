"""The page of one person, as every address that changes something there answers with."""

from collections.abc import Mapping

from flask import render_template

from app.accounts.forms import PersonForm
from app.accounts.queries_factor import factor_of
from app.accounts.queries_people import Account, crews_in_use, events_of, grants_of, sessions_of
from app.accounts.rules import may_set_pin
from app.organisations.queries import units
from app.web.current import Role, person


def person_page(account: Account, form: PersonForm | None = None, errors: Mapping[str, object] | None = None) -> str:
    """The account with its forms; `form` brings back what was typed, `errors` belong to the PIN and grant forms."""
    me = person()
    return render_template(
        "accounts/person.html",
        account=account,
        form=form or _as_form(account),
        errors={**(form.errors if form else {}), **(errors or {})},
        may_change=me.role is Role.ADMIN,
        may_set_pin=may_set_pin(me, account.as_target()),
        units=units(),
        crews=crews_in_use(),
        grants=grants_of(account.id),
        sessions=sessions_of(account.id),
        events=events_of(account.id),
        has_second=factor_of(account.id) is not None and account.id != me.id,
    )


def secret_page(account: Account, label: str, secret: str) -> str:
    """A fresh password or PIN, shown this once; the answer to a POST is never kept by the browser."""
    return render_template("accounts/secret.html", account=account, label=label, secret=secret)


def _as_form(account: Account) -> PersonForm:
    places = (account.crew_id or "", account.shift_id or "")
    return PersonForm(account.id, account.name, account.role, account.org_id, *places, errors={})
