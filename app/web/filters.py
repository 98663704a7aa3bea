"""How instants, dates, rates and numbers are written for people."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask, current_app
from flask_babel import format_date, get_locale

DASH = "—"


def install(app: Flask) -> None:
    """Register the filters under their own names, and the site's zone."""
    for function in (local_time, local_date, local_stamp, local_day, percent, number_display, plain_number):
        app.jinja_env.filters[function.__name__] = function
    # For scripts that write times into a page: by the site's clock as well, whatever a phone is set to.
    app.jinja_env.globals["site_zone"] = str(app.extensions["settings"].zone)


def _local(instant: datetime) -> datetime:
    return instant.astimezone(current_app.extensions["settings"].zone)


def local_time(instant: datetime | None) -> str:
    """08:41 at the site."""
    return _local(instant).strftime("%H:%M") if instant else DASH


def local_date(day: date | datetime | None) -> str:
    """11月20日 星期五, or Fri, 20 Nov."""
    if day is None:
        return DASH
    if isinstance(day, datetime):
        day = _local(day).date()
    return format_date(day, "M月d日 EEEE" if str(get_locale()).startswith("zh") else "EEE, d MMM", rebase=False)


def local_day(day: date | datetime | None) -> str:
    """2026-11-20 at the site."""
    if day is None:
        return DASH
    return (_local(day).date() if isinstance(day, datetime) else day).isoformat()


def local_stamp(instant: datetime | None) -> str:
    """2026-11-20 08:41:05 at the site."""
    return _local(instant).strftime("%Y-%m-%d %H:%M:%S") if instant else DASH


def percent(numerator: float, denominator: float) -> str:
    """One decimal, half up; no denominator shows a dash (rules MT-31, MT-32)."""
    if not denominator:
        return DASH
    rate = Decimal(numerator) * 100 / Decimal(denominator)
    return f"{rate.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def number_display(number: str) -> str:
    """A standard's number with the em dash that the seed prescribes (seed 001-1 §4.4)."""
    return number.replace("-", "—")


def plain_number(value: float | Decimal | None) -> str:
    """A reading without trailing zeros."""
    if value is None:
        return DASH
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
