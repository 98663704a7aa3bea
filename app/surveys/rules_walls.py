"""Walls against floods of answers; a whole department may sit behind one address and answer in one meeting; pure."""

from app.accounts.rules_limits import Limit
from app.feedback.rules_walls import Walls

WALLS = Walls(
    point=Limit(capacity=150, per_hour=300),
    device=Limit(capacity=6, per_hour=6),
    address=Limit(capacity=150, per_hour=300),
    everybody=Limit(capacity=400, per_hour=800),
    quiet=Limit(capacity=400, per_hour=400),
)


def bucket_names(invitation_id: str, device: str, address: str) -> dict[str, str]:
    """The buckets of an answer: what they hold back -> name in the database; `device` and `address` are hashes."""
    return {
        "point": f"survey/link/{invitation_id}",
        "device": f"survey/device/{device}",
        "address": f"survey/address/{address}",
        "everybody": "survey/all",
        "quiet": "survey/quiet",
    }
