"""Large text (长辈模式): the person's own setting, else the visitor's choice in this browser; one step a screen."""

import re

from flask import Flask, request, session

from app.web.current import maybe_person

_ODD = re.compile(r"[^\w-]", re.ASCII)


def install(app: Flask) -> None:
    """Give templates `large_text()` and `one_step()`."""
    app.jinja_env.globals.update(large_text=large_text, one_step=one_step)


def large_text() -> bool:
    """Whether the page is shown a third larger and without secondary things."""
    person = maybe_person()
    return person.large_text if person else bool(session.get("large_text"))


def on_phone() -> bool:
    """Whether a phone asks: it is spared what only wide screens show. Told by the browser's hint, else by its name."""
    hint = request.headers.get("Sec-CH-UA-Mobile")
    return hint == "?1" if hint else "Mobi" in request.headers.get("User-Agent", "")


def one_step() -> bool:
    """Whether a check comes one step a screen: as the person chose on this phone (js/mode.js), else with large text."""
    person = maybe_person()
    chosen = request.cookies.get(f"one-{_ODD.sub('_', person.id)}") if person else None
    return chosen == "1" if chosen in ("0", "1") else large_text()
