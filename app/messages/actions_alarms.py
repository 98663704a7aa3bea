"""Deeds at the duty-room screen: take what sounds, give it back."""

from datetime import datetime

from app.messages.queries_alarms import alarm_within
from app.messages.writes import give_alarm_back, take_alarm
from app.refusals import Conflict
from app.web.current import CurrentPerson
from app.web.words import lazy


def take(alarm_id: int, who: CurrentPerson, now: datetime) -> None:
    """接手: the sound stops for everybody. Asking again changes nothing; raises Conflict when somebody was quicker."""
    if take_alarm(alarm_within(who, alarm_id).id, who.id, now):
        return
    holder = alarm_within(who, alarm_id)
    if holder.taken_by_id != who.id:
        raise Conflict(lazy("%(name)s has taken it already.", name=holder.taken_by or holder.taken_by_id))


def give_back(alarm_id: int, who: CurrentPerson) -> None:
    """It sounds again. Asking again changes nothing; raises Conflict when somebody else holds it."""
    alarm = alarm_within(who, alarm_id)
    if alarm.taken_by_id not in (None, who.id):
        raise Conflict(lazy("%(name)s has taken it already.", name=alarm.taken_by or alarm.taken_by_id))
    give_alarm_back(alarm.id, who.id)
