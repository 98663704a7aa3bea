"""Reads of people, their secrets' hashes, sign-ins and buckets."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, or_, select

from app import clock, db
from app.accounts.models import Bucket, Grant, Person, SignIn
from app.accounts.rules import grants_in_force
from app.accounts.rules_limits import Level
from app.organisations.models import Organisation
from app.web.current import CurrentPerson, Role

# After this a sign-in ends by itself, used or not; the cookie lives as long.
SESSION_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class Credentials:
    """What sign-in compares with."""

    id: str
    name: str
    active: bool
    password_hash: str
    pin_hash: str
    ends_at: datetime | None = None
    role: str = ""

    def has_ended(self, now: datetime) -> bool:
        """Whether the account of a checker from outside has run out."""
        return self.ends_at is not None and self.ends_at <= now


def token_key(token: str) -> str:
    """What the table keeps of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


# Read once or twice a request by everybody: built once, on the bare tables, grants in the same rows.
_P, _O, _S, _G = (table.__table__ for table in (Person, Organisation, SignIn, Grant))
_NOW = bindparam("now", type_=db.UtcDateTime())
_PERSON = (
    select(
        *(_P.c[name] for name in ("id", "name", "role", "org_id", "crew_id", "shift_id", "locale", "large_text")),
        _P.c.external_of,
        _O.c.path,
        _O.c.name.label("org_name"),
        _G.c.name.label("grant"),
        _G.c.from_on,
        _G.c.to_on,
    )
    .join_from(_P, _O, _O.c.id == _P.c.org_id)
    .join(_G, _G.c.person_id == _P.c.id, isouter=True)
    .where(_P.c.active, or_(_P.c.ends_at.is_(None), _P.c.ends_at > _NOW))
)
_BY_ID = db.Prepared(_PERSON.where(_P.c.id == bindparam("id")))
_BY_SESSION = db.Prepared(
    _PERSON.add_columns(_S.c.proven)
    .join(_S, _S.c.person_id == _P.c.id)
    .where(
        _S.c.id == bindparam("key"),
        _S.c.ended_at.is_(None),
        _S.c.started_at > bindparam("since"),
        or_(_S.c.idle_until.is_(None), _S.c.idle_until > _NOW),
    )
)


def person_of_session(token: str, day: date | None = None, must_prove: Collection[str] = ()) -> CurrentPerson | None:
    """The active person behind a live session token; `day` is the local date that grants are read on. One query.

    A session of one of the roles `must_prove` counts only when a second factor was shown.
    """
    now = clock.now()
    found = db.rows(_BY_SESSION, {"key": token_key(token), "since": now - SESSION_LIFE, "now": now})
    if not found or (found[0].role in must_prove and not found[0].proven):
        return None
    return _current(found, token, day, proven=found[0].proven)


def person_by_id(person_id: str, day: date | None = None) -> CurrentPerson | None:
    """An active person without a session: for commands and for history made by the demo."""
    found = db.rows(_BY_ID, {"id": person_id, "now": clock.now()})
    return _current(found, "", day) if found else None


def _current(found: Sequence[db.AnyRow], token: str, day: date | None, *, proven: bool = False) -> CurrentPerson:
    """One row a grant; a person without grants has one row with none."""
    first = found[0]
    grants = ((each.grant, each.from_on, each.to_on) for each in found if each.grant)
    return CurrentPerson(
        id=first.id,
        name=first.name,
        role=Role(first.role),
        org_id=first.org_id,
        org_path=first.path,
        org_name=first.org_name,
        crew_id=first.crew_id,
        shift_id=first.shift_id,
        locale=first.locale,
        large_text=first.large_text,
        grants=grants_in_force(grants, day or clock.now().date()),
        session_id=token,
        external=first.external_of is not None,
        proven=proven,
    )


def credentials(person_id: str) -> Credentials | None:
    """Hashes of one account."""
    hashes = (Person.password_hash, Person.pin_hash)
    columns = (Person.id, Person.name, Person.active, *hashes, Person.ends_at, Person.role)
    found = db.row(select(*columns).where(Person.id == person_id))
    return Credentials(*found) if found else None


def levels_of(keys: Iterable[str]) -> dict[str, Level]:
    """Levels of the buckets drawn from before; locked until the end of the transaction where the database can."""
    statement = select(Bucket.key, Bucket.tokens, Bucket.filled_at).where(Bucket.key.in_(list(keys)))
    found = db.rows(statement.order_by(Bucket.key).with_for_update())
    return {row.key: Level(row.tokens, row.filled_at) for row in found}
