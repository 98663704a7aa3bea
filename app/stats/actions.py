"""Deeds on the daily log: a day is closed by a person, with a remark."""

from datetime import date, datetime

from sqlalchemy import insert

from app import db
from app.refusals import Invalid
from app.stats.models import DayClosing
from app.web.current import CurrentPerson
from app.web.words import lazy

LONGEST_REMARK = 1000


def close_day(day: date, remark: str, who: CurrentPerson, now: datetime, today: date) -> None:
    """This person has gone through the own unit's log of the day; a later remark is a later row."""
    if day > today:
        sentence = lazy("This day has not come yet. Choose today or an earlier day.")
        raise Invalid(sentence, fields={"day": sentence})
    if len(remark) > LONGEST_REMARK:
        sentence = lazy("The remark is too long. Keep it under %(n)d characters.", n=LONGEST_REMARK)
        raise Invalid(sentence, fields={"remark": sentence})
    db.run(
        insert(DayClosing).values(
            org_id=who.org_id, day=day, by_id=who.id, by_name=who.name, at=now, remark=remark.strip()
        )
    )
