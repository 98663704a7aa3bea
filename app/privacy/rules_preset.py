"""What classified protection, level 2 (GB/T 22239) asks of accounts and logs, and how this installation stands."""

from dataclasses import dataclass
from datetime import timedelta

from app.accounts.rules import PASSWORD_LENGTH
from app.accounts.rules_badges import TEAM_IDLE
from app.accounts.rules_limits import PER_ACCOUNT
from app.audit.rules import LEAST_MONTHS
from app.web.words import lazy

LEAST_PASSWORD = 8
MOST_TRIES = 10
MOST_IDLE = timedelta(minutes=30)


@dataclass(frozen=True)
class State:
    """What the demands are held against."""

    preset: bool
    second_factor: bool
    https: bool
    audit_months: int
    administrators: int
    auditors: int


@dataclass(frozen=True)
class Demand:
    """One demand: what is asked, how it stands, what to do when it is not met."""

    key: str
    what: object
    stands: object
    met: bool
    remedy: object = ""


def demands(state: State) -> tuple[Demand, ...]:
    """In the order of the standard: identity, access, audit, transport."""
    return (*_identity(), *_sessions(state), *_logs(state))


def _identity() -> tuple[Demand, ...]:
    length, tries = PASSWORD_LENGTH[0], int(PER_ACCOUNT.capacity)
    return (
        Demand(
            "password",
            lazy("Passwords of at least %(n)d characters that cannot be guessed", n=LEAST_PASSWORD),
            lazy("at least %(n)d characters, easy ones are refused", n=length),
            length >= LEAST_PASSWORD,
        ),
        Demand(
            "tries",
            lazy("Failed sign-ins are limited"),
            lazy("%(n)d tries for an account, then %(m)d an hour", n=tries, m=int(PER_ACCOUNT.per_hour)),
            tries <= MOST_TRIES,
        ),
    )


def _sessions(state: State) -> tuple[Demand, ...]:
    set_preset = lazy("Start the server with DABIAO_PRESET=mlps2.")
    idle = int(TEAM_IDLE.total_seconds() // 60)
    return (
        Demand(
            "idle",
            lazy("Sessions end when nobody touches them"),
            lazy("desk sessions end after %(n)d minutes", n=idle) if state.preset else lazy("team phones only"),
            state.preset and TEAM_IDLE <= MOST_IDLE,
            set_preset,
        ),
        Demand(
            "second_factor",
            lazy("Administrators and auditors show a second factor"),
            lazy("asked for") if state.second_factor else lazy("not asked for"),
            state.second_factor,
            set_preset,
        ),
    )


def _logs(state: State) -> tuple[Demand, ...]:
    return (
        Demand(
            "roles",
            lazy("Administrator and auditor are different accounts"),
            lazy("%(n)d administrators, %(m)d auditors, nobody is both", n=state.administrators, m=state.auditors),
            state.administrators > 0 and state.auditors > 0,
            lazy("Add an auditor on the page of people; an administrator cannot become one."),
        ),
        Demand(
            "log",
            lazy("Logs are kept for six months and nobody changes them"),
            lazy("%(n)d months, guarded by the database, sealed in the chain", n=state.audit_months),
            state.audit_months >= LEAST_MONTHS,
        ),
        Demand(
            "transport",
            lazy("Transport is encrypted"),
            lazy("https") if state.https else lazy("http, for trials only"),
            state.https,
            lazy("Set DABIAO_BASE_URL to an https address and DABIAO_PRODUCTION=1."),
        ),
    )
