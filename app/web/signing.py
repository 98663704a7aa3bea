"""The keys that cookies and forms are signed with, the newest last; former ones count until their time is over."""

from flask import current_app

from app import clock


def signing_keys() -> list[str]:
    """For itsdangerous, which signs with the last and takes any."""
    keys: list[str] = current_app.extensions["settings"].signing_keys(clock.now())
    return keys
