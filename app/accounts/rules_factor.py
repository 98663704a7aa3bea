"""The second factor as arithmetic: codes of a generator (RFC 6238), each of which works once, and codes on paper."""

import hashlib
import hmac
from datetime import datetime, timedelta

import pyotp

from app.web.current import Role

STEP_S = 30
# Phones' clocks go wrong, and typing takes time: one code before and one behind are taken.
DRIFT_STEPS = 1
CODES = 10
# Six groups of four letters out of 31: 118 bits, so that a plain hash is enough (ASVS 5.0, 6.5.2).
CODE_LETTERS = 29
# Between the password and the code.
PATIENCE = timedelta(minutes=10)
POWERFUL = (Role.ADMIN, Role.AUDITOR)
ISSUER = "Dabiao"


def must_prove(setting: str) -> frozenset[str]:
    """The roles whose sessions count only with a second factor."""
    return frozenset(role.value for role in POWERFUL) if setting == "admin" else frozenset()


def matching_step(secret: str, typed: str, at: datetime, last_step: int) -> int | None:
    """The time step whose code this is; None when it is wrong, too old, or not newer than the last one used."""
    code = "".join(typed.split())
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        return None
    now = int(at.timestamp()) // STEP_S
    generator = pyotp.TOTP(secret)
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if step > last_step and hmac.compare_digest(generator.generate_otp(step), code):
            return step
    return None


def recovery_key(typed: str, person_id: str) -> str:
    """What the table keeps of a recovery code; it is long enough to be hashed plainly. Case and dashes do not count."""
    code = "".join(letter for letter in typed.lower() if letter.isalnum())
    return hashlib.sha256(f"{person_id}/{code}".encode()).hexdigest()


def provisioning(secret: str, person_id: str, host: str) -> str:
    """What a code generator scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=f"{person_id}@{host}", issuer_name=ISSUER)


def fresh_secret() -> str:
    """160 random bits, as generators take them."""
    return pyotp.random_base32()
