"""Badges as pure rules: who may carry and issue one, how long things last, what state one is in, how it is named."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.accounts.rules import Target
from app.web.current import HANDS, CurrentPerson, Role
from app.web.words import lazy

# A card and four digits are less than a password: enough for a round, too little for those who judge or administer.
CARRIERS = HANDS
ISSUERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.ADMIN)
CODE_LIFE = timedelta(hours=72)
# A team phone that nobody touches for so long belongs to nobody again.
TEAM_IDLE = timedelta(minutes=30)
# Longer than any shift: whoever is on duty then has to show the own card, however busy the phone was.
TEAM_LONGEST = timedelta(hours=13)
# Wrong PINs on phones where the carrier never was; then it opens on known phones only, until a new one is printed.
MOST_STRANGE_TRIES = 20
MOST_CARDS = 100
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NUMBER_LENGTH = 6


class BadgeState(StrEnum):
    """What a person's badge is good for now."""

    NONE = "none"
    WAITING = "waiting"
    LAPSED = "lapsed"
    IN_USE = "in_use"
    GUESSED = "guessed"


BADGE_WORDS = {
    BadgeState.NONE: lazy("No badge"),
    BadgeState.WAITING: lazy("To be activated"),
    BadgeState.LAPSED: lazy("Activation code expired"),
    BadgeState.IN_USE: lazy("Badge in use"),
    BadgeState.GUESSED: lazy("Somebody guessed at it: print a new one"),
}


class Reason(StrEnum):
    """Why a badge no longer counts."""

    REPLACED = "replaced"
    LOST = "lost"
    TAKEN_BACK = "taken_back"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Badge:
    """A live badge without its secrets."""

    id: int
    person_id: str
    number: str
    issued_at: datetime
    code_until: datetime
    activated_at: datetime | None
    strange_tries: int

    def state_at(self, now: datetime) -> BadgeState:
        """What it is good for at this instant."""
        if self.strange_tries >= MOST_STRANGE_TRIES:
            return BadgeState.GUESSED
        if self.activated_at:
            return BadgeState.IN_USE
        return BadgeState.WAITING if now < self.code_until else BadgeState.LAPSED


def may_issue(actor: CurrentPerson, target: Target) -> bool:
    """Whose badge this person prints and takes back; the unit or crew is looked at by `reach_of`.

    A crew leader does so for the hands of the own crew and for nobody of the own rank but for the own badge.
    """
    if not target.active or target.role not in CARRIERS:
        return False
    if actor.role is Role.CREW_LEADER:
        same_crew = bool(actor.crew_id) and actor.crew_id == target.crew_id
        return same_crew and (target.role is not Role.CREW_LEADER or target.id == actor.id)
    if actor.role is Role.SUPERVISOR:
        return target.org_path.startswith(actor.org_path)
    return actor.role is Role.ADMIN


def number_of(token_key: str) -> str:
    """The name of a card as printed, K7Q-2MX: made of the hash that the table keeps, so it opens nothing."""
    rest, letters = int(token_key[:8], 16), ""
    for _ in range(_NUMBER_LENGTH):
        rest, value = divmod(rest, len(_ALPHABET))
        letters += _ALPHABET[value]
    return f"{letters[:3]}-{letters[3:]}"
