"""What timers tell: many things at a look, of which most have been told before."""

from collections.abc import Sequence
from datetime import datetime

from app.messages.actions import tell
from app.messages.queries import told_before
from app.messages.rules_notices import Notice


def tell_new(notices: Sequence[Notice], at: datetime) -> int:
    """Tell those of them that somebody has not been told yet; gives back how many messages were made."""
    if not notices:
        return 0
    known = told_before({who for each in notices for who in each.people}, {each.key for each in notices})
    made = 0
    for each in notices:
        people = [who for who in each.people if (who, each.key) not in known]
        if people:
            made += tell(each.kind, people, each.params, each.link, at=at, key=each.key)
    return made
