"""Set up, use and take away a second factor; its secret is sealed, each code works once."""

from sqlalchemy import delete, insert, update

from app import clock
from app.accounts.actions import end_sessions, note
from app.accounts.actions_limits import draw
from app.accounts.actions_people import fresh_password
from app.accounts.models import RecoveryCode, SecondFactor
from app.accounts.queries_factor import Factor, codes_left, factor_of, sealed_secrets
from app.accounts.queries_people import Account
from app.accounts.rules_factor import CODE_LETTERS, CODES, fresh_secret, matching_step, recovery_key
from app.accounts.rules_limits import second_buckets
from app.db import run
from app.refusals import Conflict, Forbidden
from app.web import sealing
from app.web.sealing import Keys
from app.web.words import lazy

USE = "second factors"


def begin_setup(person_id: str, keys: Keys) -> None:
    """A fresh secret that counts once a code of it was typed; asking again keeps the one that is being set up."""
    known = factor_of(person_id)
    if known and known.confirmed:
        raise Conflict(lazy("A second factor is set up already. Remove it first."))
    if known and secret_of(known, keys):
        return
    run(delete(SecondFactor).where(SecondFactor.person_id == person_id))
    row = {"person_id": person_id, "sealed": sealing.seal(fresh_secret(), USE, keys), "made_at": clock.now()}
    run(insert(SecondFactor).values(row | {"last_step": 0}))


def secret_of(factor: Factor, keys: Keys) -> str | None:
    """None when it was sealed with a key that is gone: then an administrator has to reset it."""
    return sealing.unseal(factor.sealed, USE, keys)


def count_second(person_id: str) -> None:
    """Take a try; commit it before the code is compared. Raises TooMany."""
    draw(second_buckets(person_id), clock.now())


def confirm(person_id: str, typed: str, keys: Keys) -> list[str]:
    """The first code was right: the factor counts from now on. Gives back the recovery codes, or none when wrong."""
    factor = factor_of(person_id)
    if factor is None or factor.confirmed or not _use_step(factor, typed, keys):
        return []
    run(update(SecondFactor).where(SecondFactor.person_id == person_id).values(confirmed_at=clock.now()))
    note(person_id, "second_set", person_id)
    return _fresh_codes(person_id)


def proves_second(person_id: str, typed: str, keys: Keys) -> bool:
    """Whether this code of the generator, or of the paper, is right; it is used up by that. A wrong one is noted."""
    factor = factor_of(person_id)
    if factor is None or not factor.confirmed:
        return False
    if _use_step(factor, typed, keys):
        return True
    own = (RecoveryCode.code_key == recovery_key(typed, person_id), RecoveryCode.used_at.is_(None))
    if run(update(RecoveryCode).where(*own).values(used_at=clock.now())).rowcount == 1:
        note(person_id, "second_recovery", person_id, left=codes_left(person_id))
        return True
    note(person_id, "second_failed", None)
    return False


def renew_codes(person_id: str) -> list[str]:
    """Fresh recovery codes; the ones before no longer work."""
    note(person_id, "second_codes", person_id)
    return _fresh_codes(person_id)


def end_factor(person_id: str, by: str | None, kind: str = "second_ended") -> None:
    """No second factor any more; nothing happens when there is none."""
    run(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    if run(delete(SecondFactor).where(SecondFactor.person_id == person_id)).rowcount:
        note(person_id, kind, by)


def reset_factor(account: Account, by: str | None) -> None:
    """Another administrator takes the factor of somebody away; all sessions of the account end."""
    if account.id == by:
        raise Forbidden(lazy("Another administrator has to reset your second factor."))
    end_factor(account.id, by, "second_reset")
    end_sessions(account.id)


def reseal_factors(keys: Keys) -> int:
    """Seal what an older key has sealed with the newest; gives back how many."""
    count = 0
    for person_id, sealed in sealed_secrets():
        fresh = sealing.reseal(sealed, USE, keys)
        own = (SecondFactor.person_id == person_id, SecondFactor.sealed == sealed)
        count += run(update(SecondFactor).where(*own).values(sealed=fresh)).rowcount if fresh else 0
    return count


def _use_step(factor: Factor, typed: str, keys: Keys) -> bool:
    secret = secret_of(factor, keys)
    step = matching_step(secret, typed, clock.now(), factor.last_step) if secret else None
    if step is None:
        return False
    # Two requests with the same code: one of them finds it used.
    newer = (SecondFactor.person_id == factor.person_id, SecondFactor.last_step < step)
    return run(update(SecondFactor).where(*newer).values(last_step=step)).rowcount == 1


def _fresh_codes(person_id: str) -> list[str]:
    codes = [f"{fresh_password()}-{fresh_password()}"[:CODE_LETTERS] for _ in range(CODES)]
    run(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    run(
        insert(RecoveryCode).values(
            [{"code_key": recovery_key(code, person_id), "person_id": person_id} for code in codes]
        )
    )
    return codes
