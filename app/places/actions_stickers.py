"""Deeds on foreign codes that somebody found stuck up: reported from the scanner, looked after by the office."""

from datetime import datetime

from app.accounts.actions_limits import draw
from app.accounts.rules_limits import Limit
from app.places.queries_stickers import reporter_of
from app.places.rules_stickers import Sticker
from app.places.writes import keep_sticker, settle_sticker
from app.refusals import Conflict
from app.web.words import lazy

# Somebody who walks a whole building behind a vandal finds a few; more than this is a stuck phone.
PER_PERSON = Limit(capacity=20, per_hour=20)


def report_sticker(sticker: Sticker, by_id: str, now: datetime) -> bool:
    """True when new, False when the same came before. Raises Conflict when another person has this id, TooMany."""
    before = reporter_of(sticker.id)
    if before is not None:
        if before != by_id:
            raise Conflict(lazy("This report is known under another name."))
        return False
    draw({f"stickers/{by_id}": PER_PERSON}, now)
    keep_sticker(sticker, by_id, now)
    return True


def handle_sticker(sticker_id: str, by_id: str, now: datetime) -> bool:
    """The sticker is gone; False when somebody said so before, or there is none."""
    return settle_sticker(sticker_id, by_id, now)
