"""What a device knows of itself, in signed cookies: who signed in here before, and whether a whole team shares it."""

import secrets
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from app.web.asked import asked
from app.web.signing import signing_keys

KNOWN_COOKIES = 2048
COOKIE = "dabiao_device"
TEAM_COOKIE = "dabiao_team"
TEAM = "team:"
_MOST_ACCOUNTS = 8
_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True)
class _Known:
    device: str
    accounts: tuple[str, ...]


def device_of(account: str) -> str | None:
    """The random name of this device when this account has signed in here before."""
    known = _known()
    return known.device if known and account in known.accounts else None


def phone_name() -> str | None:
    """The random name of this device, whoever of the staff signs in on it; found genuine once for each cookie."""
    known = _known()
    return known.device if known else team_phone()


def sender_name() -> str | None:
    """The device as a record names its sender: `team:` before the name of a phone that a team shares on purpose."""
    shared = team_phone()
    return f"{TEAM}{shared}" if shared else phone_name()


def staff_device() -> bool:
    """Somebody of the staff has signed in on this device once: whoever holds it is no visitor (rules SA-9)."""
    return _known() is not None or team_phone() is not None


def remember(response: Response, account: str) -> None:
    """Let this device count as known for the account from now on; a shared phone knows its last eight."""
    known = _known() or _Known(secrets.token_hex(8), ())
    others = (each for each in known.accounts if each != account)
    value = str(_signer().dumps([known.device, [account, *others][:_MOST_ACCOUNTS]]))
    _set_cookie(response, COOKIE, value)


def team_phone() -> str | None:
    """The name of this phone when a team shares it: sessions are short here, and handing over is one tap."""
    kept = asked().cookies.get(TEAM_COOKIE)
    if not kept:
        return None
    try:
        return str(_signer().loads(kept, salt="team-phone"))
    except (BadSignature, ValueError, TypeError):
        return None


def make_team_phone(response: Response, name: str) -> None:
    """Let this device be a team's from now on."""
    _set_cookie(response, TEAM_COOKIE, str(_signer().dumps(name, salt="team-phone")))


def end_team_phone(response: Response) -> None:
    """Let this device be one person's again."""
    response.delete_cookie(TEAM_COOKIE)


def _set_cookie(response: Response, name: str, value: str) -> None:
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(name, value, max_age=_YEAR_S, httponly=True, secure=secure, samesite="Lax")


def _known() -> _Known | None:
    cookie = asked().cookies.get(COOKIE)
    return _known_by(tuple(signing_keys()), cookie) if cookie else None


@lru_cache(KNOWN_COOKIES)
def _known_by(keys: tuple[str, ...], cookie: str) -> _Known | None:
    try:
        device, accounts = URLSafeSerializer(list(keys), salt="known-device").loads(cookie)
    except (BadSignature, ValueError, TypeError):
        return None
    return _Known(str(device), tuple(map(str, accounts)))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(signing_keys(), salt="known-device")
