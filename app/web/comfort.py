"""Large text (长辈模式): the person's own setting, else the visitor's choice in this browser."""

from flask import Flask, session

from app.web.current import maybe_person


def install(app: Flask) -> None:
    """Give templates `large_text()`."""
    app.jinja_env.globals["large_text"] = large_text


def large_text() -> bool:
    """Whether the page is shown a third larger and without secondary things."""
    person = maybe_person()
    return person.large_text if person else bool(session.get("large_text"))
