"""How large the made-up bureau is, and when it is looked at."""

from datetime import UTC, date, datetime

POINTS, UNITS, SECTIONS, BUILDINGS, STANDARDS, PEOPLE = 5000, 30, 5, 40, 20, 20
FIRST = date(2025, 11, 1)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # Monday 16:00 at the site
AHEAD = 3  # days planned after today
PHOTO_DAYS = 10  # the newest; the log of a day reads photos of that day only
DAYS = (NOW.date() - FIRST).days + AHEAD
HOLIDAYS = tuple(
    "01-01 02-16 02-17 02-18 02-19 02-20 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03".split()  # noqa: SIM905
)
