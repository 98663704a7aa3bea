"""A person chooses what reaches them, where and when."""

from dataclasses import asdict
from datetime import datetime

from app.messages.rules_choices import Choice
from app.messages.writes import keep_choice
from app.web.current import CurrentPerson


def choose(who: CurrentPerson, choice: Choice, now: datetime) -> None:
    """Counts for what is told from now on."""
    keep_choice({**asdict(choice), "muted": sorted(choice.muted), "person_id": who.id, "changed_at": now})
