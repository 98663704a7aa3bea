"""Sign in and out."""

import secrets as random

from sqlalchemy import insert, update

from app import clock, db
from app.accounts.models import SignIn
from app.accounts.queries import Credentials, credentials, token_key
from app.accounts.secrets import matches
from app.refusals import Invalid
from app.web.words import lazy


def prove(person_id: str, password: str) -> Credentials:
    """The account whose password this is; raises Invalid with one sentence for every way of being wrong."""
    account = credentials(person_id.strip().lower())
    if not matches(account.password_hash if account else "", password) or not account or not account.active:
        raise Invalid(lazy("Account or password is not right. Your crew leader can reset it."))
    return account


def open_session(person_id: str, device: str, address: str) -> str:
    """A fresh session for this person; returns the token for the cookie. The table keeps only its hash."""
    token = random.token_urlsafe(32)
    now = clock.now()
    db.run(
        insert(SignIn).values(
            id=token_key(token), person_id=person_id, started_at=now, seen_at=now, device=device[:200], address=address[:60]
        )
    )
    return token


def end_session(token: str) -> None:
    """This sign-in no longer counts, whoever holds its cookie."""
    db.run(update(SignIn).where(SignIn.id == token_key(token)).values(ended_at=clock.now()))
