"""What the timer tells about records: a second signature that has been missing for a day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.checks.queries_notices import long_unsigned
from app.messages.actions_notices import tell_new
from app.messages.queries_recipients import crew_leaders
from app.messages.rules_notices import Notice
from app.messages.rules_words import Kind


def notice_unsigned(zone: ZoneInfo, now: datetime) -> int:
    """Tell the author and the crew leader, who both can bring somebody to sign; looking twice tells once."""
    return tell_new(
        [
            Notice(
                Kind.UNSIGNED,
                sorted({each.person_id, *crew_leaders(each.crew_id, each.implementer_id)}),
                {"point": each.point, "time": f"{each.received_at.astimezone(zone):%m-%d %H:%M}"},
                f"/checks/{each.check_id}",
                f"{Kind.UNSIGNED}/{each.check_id}",
            )
            for each in long_unsigned(now)
        ],
        now,
    )
