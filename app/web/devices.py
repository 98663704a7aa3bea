"""Which accounts have signed in on this device before: a signed cookie, so that strangers cannot lock its owner out."""

import secrets
from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

COOKIE = "dabiao_device"
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


def remember(response: Response, account: str) -> None:
    """Let this device count as known for the account from now on; a shared phone knows its last eight."""
    known = _known() or _Known(secrets.token_hex(8), ())
    others = (each for each in known.accounts if each != account)
    value = _signer().dumps([known.device, [account, *others][:_MOST_ACCOUNTS]])
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, value, max_age=_YEAR_S, httponly=True, secure=secure, samesite="Lax", path="/login")


def _known() -> _Known | None:
    try:
        device, accounts = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return _Known(str(device), tuple(map(str, accounts)))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known-device")
