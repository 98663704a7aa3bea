"""Badges: print, take back; every one is noted with who and when, and its secrets exist on paper only."""

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from app import clock
from app.accounts.actions import note
from app.accounts.models import Badge, SignIn
from app.accounts.queries import token_key
from app.accounts.queries_badges import badge_of
from app.accounts.queries_people import Account
from app.accounts.rules_badges import CODE_LIFE, Reason, number_of
from app.accounts.secrets import hashed
from app.db import run
from app.refusals import Invalid
from app.web.words import lazy
from qr.card import Card, Slip, Unprintable, cards_pdf
from qr.token import new_token


@dataclass(frozen=True)
class NewBadge:
    """What the database keeps of a card."""

    person_id: str
    token_key: str
    code_hash: str
    code_until: datetime


@dataclass(frozen=True)
class Printed:
    """A finished file and the badges in it, which count once `keep_badges` has run."""

    pdf: bytes
    badges: tuple[NewBadge, ...]


def print_badges(accounts: Sequence[Account], base_url: str, zone: ZoneInfo) -> Printed:
    """Cards and slips with fresh tokens and codes; every symbol has been read back. Writes nothing.

    Apart from `keep_badges`, so that nobody waits for argon2 and a pen at the database's gate. Raises Invalid when a
    name holds a character that cannot be printed.
    """
    until = clock.now() + CODE_LIFE
    slips, badges = [], []
    for account in accounts:
        token, code = new_token(), f"{random.randbelow(1_000_000):06}"
        key = token_key(token)
        card = Card(token, number_of(key), account.name, account.id, account.org_name)
        slips.append(Slip(card, f"{code[:3]} {code[3:]}", until.astimezone(zone)))
        badges.append(NewBadge(account.id, key, hashed(code), until))
    try:
        return Printed(cards_pdf(slips, base_url), tuple(badges))
    except Unprintable as error:
        sentence = lazy(
            "“%(name)s” holds a character that cannot be printed: %(characters)s. Change the name of the person.",
            name=error.name,
            characters=" ".join(f"U+{ord(each):04X}" for each in error.characters),
        )
        raise Invalid(sentence, fields={"person": sentence}) from error


def keep_badges(printed: Printed, by: str) -> None:
    """The printed cards count from now on; the ones that their carriers had before do not."""
    for badge in printed.badges:
        end_badge(badge.person_id, Reason.REPLACED, by)
        row = {"issued_by_id": by, "issued_at": clock.now(), "reason": "", "strange_tries": 0}
        run(insert(Badge).values(row | vars(badge)))
        note(badge.person_id, "badge_issued", by, number=number_of(badge.token_key))


def end_badge(person_id: str, reason: Reason, by: str | None) -> bool:
    """The person's badge no longer counts, and what it opened ends at once; False when there is none."""
    badge = badge_of(person_id)
    if badge is None:
        return False
    now = clock.now()
    run(update(Badge).where(Badge.id == badge.id).values(revoked_at=now, reason=reason.value))
    opened = (SignIn.person_id == person_id, SignIn.badge_id == badge.id, SignIn.ended_at.is_(None))
    run(update(SignIn).where(*opened).values(ended_at=now))
    note(person_id, "badge_revoked", by, number=badge.number, reason=reason.value)
    return True
