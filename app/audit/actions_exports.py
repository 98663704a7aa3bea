"""What `app.web.audited` needs of the audit log: a line, the words of a watermark, and the stamp."""

from zoneinfo import ZoneInfo

from app import clock
from app.audit.actions import note
from app.audit.rules_watermark import stamped
from app.web.words import _

__all__ = ["mark", "note", "stamped"]


def mark(number: int, name: str, person_id: str, purpose: str, zone: ZoneInfo) -> str:
    """One line that names who took the file, when, under which number and what for."""
    at = clock.now().astimezone(zone).strftime("%Y-%m-%d %H:%M")
    words = {"number": number, "name": name, "id": person_id, "at": at, "purpose": purpose}
    return _("Export no. %(number)d · %(name)s (%(id)s) · %(at)s · for: %(purpose)s", **words)
