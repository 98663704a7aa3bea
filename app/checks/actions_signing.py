"""Second signatures: by PIN on the author's phone, or in the signer's own session (contract, Second signature)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.accounts.actions_limits import draw, give_back
from app.accounts.queries import credentials, person_by_id, token_key
from app.accounts.queries_badges import carrier_of
from app.accounts.rules_limits import pin_buckets
from app.accounts.secrets import matches
from app.checks import writes
from app.checks.actions_counting import recount
from app.checks.forms_fields import Fields
from app.checks.queries import CheckRow, find_check
from app.checks.queries_receipts import seen_before, signature_by_id, signatures_of
from app.checks.queries_release import release_steps
from app.checks.rules_receipt import Receipt
from app.checks.rules_signing import covered_steps, may_sign, permitted
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.schedule.actions import sign_occurrence
from app.web.current import CurrentPerson
from app.web.words import lazy
from qr.payload import BadCode
from qr.token import read_token

MOST_STEPS = 60
NO_RELEASE = lazy("The release is signed by a supervisor who did not do the work.")
WRONG_PIN = lazy("Name or PIN is not right. The signer can also sign on the own phone.")


@dataclass(frozen=True, slots=True)
class SignatureWish:
    """What a phone sends: which steps of which check somebody else stands for, `release` those for a supervisor."""

    id: str
    check: str
    steps: tuple[str, ...]
    person: str
    method: str = "session"
    release: tuple[str, ...] = ()


def signer_of(body: Mapping[str, Any]) -> str | None:
    """Who signs when the colleague's badge was scanned; None when the body names the person instead.

    A badge that is none gives nobody's name: it is wrong in the same way, and as slowly, as a wrong PIN.
    """
    token = body.get("badge")
    if token is None:
        return None
    try:
        found = carrier_of(read_token(token)) if isinstance(token, str) else None
    except BadCode:
        found = None
    return found or f"badge/{token_key(str(token))[:16]}"


def read_wish(body: Mapping[str, Any], *, check: str | None = None, person: str | None = None) -> SignatureWish:
    """Raises Invalid with a sentence a field. `check` and `person` come from the address and the session, if there."""
    fields = Fields(body)
    wish = SignatureWish(
        id=fields.uuid("id"),
        check=check or fields.uuid("check"),
        steps=_steps(fields),
        person=person or fields.text("person", 40, needed=True) or "",
        method="session" if check else "badge" if person else "pin",
        release=_release(body),
    )
    if fields.errors:
        raise Invalid(lazy("The signature is not complete."), fields=fields.errors)
    return wish


def begin_pin_try(wish: SignatureWish, author: CurrentPerson, now: datetime) -> bool:
    """Count a try at somebody's PIN before it is compared; commit it. False when this signature stands already."""
    if wish.person == author.id:
        raise Forbidden(lazy("The second signature must come from somebody else."))
    if _stands(wish, author.id):
        return False
    draw(pin_buckets(wish.person), now)
    return True


def check_pin(wish: SignatureWish, pin: object) -> None:
    """Compare outside any transaction: argon2id takes its time on purpose. Raises Invalid."""
    account = credentials(wish.person)
    right = matches(account.pin_hash if account else "", pin if isinstance(pin, str) else "")
    if account is None or not account.active or not right:
        raise Invalid(WRONG_PIN, fields={"pin": WRONG_PIN})


def keep_pin_signature(wish: SignatureWish, author: CurrentPerson, now: datetime) -> bool:
    """The PIN was right: keep the signature; False when the same came first. The check may arrive later, or have."""
    signer = person_by_id(wish.person)
    if signer is None:
        raise Invalid(WRONG_PIN, fields={"pin": WRONG_PIN})
    give_back(pin_buckets(wish.person), now)
    # Sent twice at once: both were tried before either was kept.
    if _stands(wish, author.id):
        return False
    arrived = find_check(wish.check)
    known = release_steps(arrived.edition) if arrived else frozenset()
    _insert(_permitted(wish, signer, known.union(wish.release)), signer, author.id, now)
    if arrived and arrived.person_id == author.id:
        _cover(arrived, signer, now)
    return True


def signature_made(wish: SignatureWish) -> dict[str, Any]:
    """What stands: whose signature it is (the phone that scanned a badge does not know), and for which steps."""
    made = signature_by_id(wish.id)
    steps, name = (made.steps, made.person_name) if made else ((), "")
    return {"id": wish.id, "check": wish.check, "steps": steps, "name": name}


def sign_as_self(check: CheckRow, wish: SignatureWish, signer: CurrentPerson, now: datetime) -> tuple[Receipt, bool]:
    """The other person's own phone; True when new. Raises Forbidden for the author and for people from elsewhere."""
    units = (check.implementer_id, check.responsible_id, check.org_id)
    if not may_sign(signer.id, signer.org_id, signer.role, author_id=check.person_id, units=units):
        raise Forbidden(lazy("The second signature must come from somebody else who works here."))
    wish = _permitted(wish, signer, release_steps(check.edition))
    is_new = not _stands(wish, check.person_id)
    if is_new:
        _insert(wish, signer, check.person_id, now)
        _cover(check, signer, now)
    seen = seen_before(check.id)
    if seen is None:
        raise NotFound(lazy("There is no such record, or it belongs to another unit."))
    return seen.receipt, is_new


def _steps(fields: Fields) -> tuple[str, ...]:
    steps = fields.body.get("steps")
    fine = isinstance(steps, list) and 0 < len(steps) <= MOST_STEPS
    if not fine or not all(isinstance(each, str) and 0 < len(each) <= 8 for each in steps or ()):
        fields.refuse("steps", lazy("Say which steps are signed."))
        return ()
    return tuple(dict.fromkeys(steps or ()))


def _release(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The phone knows the steps of a record that has not arrived yet; what it does not name waits all the same."""
    named = body.get("release")
    return tuple(each for each in named[:MOST_STEPS] if isinstance(each, str)) if isinstance(named, list) else ()


def _permitted(wish: SignatureWish, signer: CurrentPerson, release: Collection[str]) -> SignatureWish:
    """Without what only a supervisor signs; raises Forbidden when nothing is left (rules RL-1)."""
    steps = permitted(wish.steps, signer.role, release)
    if wish.steps and not steps:
        raise Forbidden(NO_RELEASE)
    return replace(wish, steps=steps)


def _stands(wish: SignatureWish, author_id: str) -> bool:
    earlier = signature_by_id(wish.id)
    if earlier is None:
        return False
    # Of the same steps a release may have been left out.
    steps = tuple(step for step in wish.steps if step in earlier.steps)
    same = (earlier.check_id, earlier.steps, earlier.person_id, earlier.author_id)
    if same != (wish.check, steps, wish.person, author_id):
        raise Conflict(lazy("A signature with this number was made before with other content."))
    return True


def _insert(wish: SignatureWish, signer: CurrentPerson, author_id: str, now: datetime) -> None:
    writes.insert_signature(
        {
            "id": wish.id, "check_id": wish.check, "steps": list(wish.steps), "person_id": signer.id,
            "person_name": signer.name, "author_id": author_id, "method": wish.method, "signed_at": now,
        }
    )  # fmt: skip


def _cover(check: CheckRow, signer: CurrentPerson, now: datetime) -> None:
    """A check that arrived before its signature: note it, and let it count once every step is signed."""
    writes.lock_state(check.id)
    check = find_check(check.id) or check
    units = (check.implementer_id, check.responsible_id, check.org_id)
    release = release_steps(check.edition)
    covered = covered_steps(signatures_of(check.id), author_id=check.person_id, units=units, release=release)
    left = [step for step in check.state.unsigned_steps if step not in covered]
    signed = [step for step in check.state.unsigned_steps if step in covered]
    if not signed:
        return
    writes.insert_event(check.id, "signed", at=now, by_id=signer.id, by_name=signer.name, data={"steps": signed})
    writes.keep_state(check.id, unsigned_steps=left)
    if not left and check.occurrence_id and sign_occurrence(check.occurrence_id, check.id, now, signer.id):
        signed_now = replace(check, state=replace(check.state, unsigned_steps=()))
        recount(signed_now, check.state.verdicts or {}, signer.id, now)
