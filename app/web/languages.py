"""Which language an answer is in: the person's, else the visitor's choice, else the browser's, else the site's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app, g, has_app_context, has_request_context, request, session
from flask_babel import Babel, Domain, force_locale
from markupsafe import Markup

from app.config_values import LOCALES
from app.web.current import maybe_person
from app.web.kept import kept

NAMES = {"zh_Hans_CN": "中文", "en": "English"}
_BY_BROWSER = {"zh": "zh_Hans_CN", "en": "en"}


class _Catalogue(Domain):  # type: ignore[misc]
    """One catalogue for the process, chosen once a request: Flask-Babel would read the file again for every request."""

    def get_translations(self) -> Any:
        if not has_app_context():
            return super().get_translations()
        known = kept()
        if "catalogue" not in known:
            known["catalogue"] = self._known() if has_request_context() else super().get_translations()
        return known["catalogue"]

    def _known(self) -> Any:
        """By the name of the locale: Flask-Babel would look the name up on the disk each time."""
        known: dict[str, Any] = current_app.extensions.setdefault("catalogues", {})
        name = chosen()
        if name not in known:
            known[name] = super().get_translations()
        return known[name]


class _Babel(Babel):  # type: ignore[misc]
    """Flask-Babel with the one catalogue."""

    catalogue = _Catalogue()

    @property
    def domain_instance(self) -> Domain:
        return self.catalogue


def install(app: Flask) -> None:
    """Wire Flask-Babel."""
    _Babel(app, locale_selector=chosen, timezone_selector=lambda: current_app.extensions["settings"].timezone)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _Babel.catalogue.get_translations().ugettext(text),
        ngettext=lambda one, many, n: _Babel.catalogue.get_translations().ungettext(one, many, n),
        newstyle=True,
    )
    # Templates say `_` some thirty times a page; the extension's own alias asks the context twice each time.
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"] = _said
    app.jinja_env.globals["language"] = lambda: "zh-CN" if chosen().startswith("zh") else "en"
    app.jinja_env.globals["languages"] = NAMES


def _said(message: str, **values: object) -> Markup:
    """The sentence in the person's language; what is put into it is escaped, the sentence itself is ours."""
    return Markup(_Babel.catalogue.get_translations().ugettext(message)) % values  # noqa: S704


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Say everything inside the block in this language: for what leaves the house without anybody asking."""
    before = g.pop("catalogue", None)
    try:
        with force_locale(locale):
            # Asked for by its own name: within a request the catalogue is that of the one who asks.
            g.catalogue = Domain.get_translations(_Babel.catalogue)
            yield
    finally:
        g.pop("catalogue", None)
        if before is not None:
            g.catalogue = before


def chosen() -> str:
    """One of the two locales; asked many times a request, found once."""
    if not has_request_context():
        return str(current_app.extensions["settings"].locale)
    # One look behind the proxy: the steps of a page ask some ten times.
    known = kept()
    if "language_chosen" not in known:
        known["language_chosen"] = _choose()
    return str(known["language_chosen"])


def _choose() -> str:
    site: str = current_app.extensions["settings"].locale
    person = maybe_person()
    wanted = (person.locale if person else None) or session.get("locale")
    if wanted in LOCALES:
        return str(wanted)
    return _BY_BROWSER.get(request.accept_languages.best_match(["zh", "en"], "") or "", site)
