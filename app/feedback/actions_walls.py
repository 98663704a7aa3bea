"""The walls in the database: look before work is done, then draw with the row that is kept."""

from datetime import datetime

from app.accounts.actions_limits import draw
from app.accounts.rules_limits import Limit, tokens_now
from app.feedback.queries_walls import levels_now
from app.feedback.rules_public import Visitor
from app.feedback.rules_walls import bucket_names, buckets_of, walls_of
from app.refusals import TooMany
from app.web.words import lazy


def look(kind: str, point_id: str, visitor: Visitor, now: datetime) -> dict[str, Limit]:
    """The buckets that this post draws from; raises TooMany when one is empty. One query, nothing is written."""
    names = bucket_names(kind, point_id, visitor.device, visitor.address)
    levels = levels_now(names.values())
    buckets = buckets_of(names, walls_of(kind), levels, now)
    if any(tokens_now(levels.get(key), limit, now) < 1 for key, limit in buckets.items()):
        raise TooMany(
            lazy("Many messages are coming in just now. Try again in a few minutes, or call the service telephone.")
        )
    return buckets


def pass_walls(kind: str, point_id: str, visitor: Visitor, now: datetime) -> None:
    """Take one token from each, in the transaction of the row that is kept; raises TooMany."""
    draw(look(kind, point_id, visitor, now), now)
