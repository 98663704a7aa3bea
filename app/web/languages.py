"""Which language an answer is in: the person's, else the visitor's choice, else the browser's, else the site's."""

from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel

from app.config import LOCALES
from app.web.current import maybe_person

NAMES = {"zh_Hans_CN": "中文", "en": "English"}
_BY_BROWSER = {"zh": "zh_Hans_CN", "en": "en"}


def install(app: Flask) -> None:
    """Wire Flask-Babel."""
    Babel(app, locale_selector=chosen, timezone_selector=lambda: current_app.extensions["settings"].timezone)
    app.jinja_env.globals["language"] = lambda: "zh-CN" if chosen().startswith("zh") else "en"
    app.jinja_env.globals["languages"] = NAMES


def chosen() -> str:
    """One of the two locales."""
    site: str = current_app.extensions["settings"].locale
    if not has_request_context():
        return site
    person = maybe_person()
    wanted = (person.locale if person else None) or session.get("locale")
    if wanted in LOCALES:
        return str(wanted)
    return _BY_BROWSER.get(request.accept_languages.best_match(["zh", "en"], "") or "", site)
