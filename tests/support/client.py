"""The test client of every page test: it inspects each HTML page that it renders."""

import re
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from app import clock
from tests.support.pages import Page, own_path

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class CheckedClient(FlaskClient):
    """Opens like Flask's own; fails on a page with faults. `inspecting = False` lifts that for one test."""

    inspecting = True
    # When it asks, unless a test holds the clock itself; without it the day on which the tests run.
    lives_at: datetime | None = None

    def open(self, *args, **kwargs):
        held = clock._moved.get() is not None
        with clock.at(self.lives_at) if self.lives_at and not held else nullcontext():
            response = super().open(*args, **kwargs)
        if self.inspecting and response.mimetype == "text/html" and not response.is_streamed:
            faults = faults_of(self.application, response)
            assert not faults, f"{response.request.path}: " + "; ".join(faults)
        return response

    def token(self, page: str = "/login") -> str:
        """A fresh CSRF token of this client's session, as a form of `page` carries it."""
        found = TOKEN.search(self.get(page, follow_redirects=True).get_data(as_text=True))
        assert found, f"no form with a token on {page}"
        return found.group(1)

    def send(self, path: str, data: dict | None = None, *, page: str | None = None, **kwargs):
        """Post a form with the token that `page` (or the address itself) carries."""
        return self.post(path, data={"csrf_token": self.token(page or path), **(data or {})}, **kwargs)

    def sign_in(self, person: str, password: str = "dabiao-demo"):
        """Sign in through the real page."""
        response = self.send("/login", {"account": person, "password": password}, page="/login")
        assert response.status_code == 303, f"sign-in of {person} answered {response.status_code}"
        return response


def faults_of(app, response) -> list[str]:
    """The faults of the page in an answer: markup, links that lead nowhere, headers."""
    text = response.get_data(as_text=True)
    if not text.strip():
        return []
    page = Page(text)
    faults = list(page.faults)
    for method, address in page.links:
        path = own_path(address)
        if path is not None and not _resolves(app, method, path):
            faults.append(f"{method} {address} leads nowhere")
    policy = response.headers.get("Content-Security-Policy", "")
    if "script-src 'self'" not in policy or "unsafe-inline" in policy or "'unsafe-eval'" in policy:
        faults.append(f"content security policy: {policy!r}")
    faults += [f"inlined sheet {given} is not in the policy" for given in page.style_hashes() if given not in policy]
    return faults


def _resolves(app, method: str, path: str) -> bool:
    if path.startswith("/static/"):
        rest = path.removeprefix("/" + app.extensions["assets"]["prefix"] + "/").removeprefix("/static/")
        if (Path(app.static_folder) / rest).is_file():
            return True
    try:
        app.url_map.bind("localhost").match(path, method=method)
    except RequestRedirect:
        return True
    except (NotFound, MethodNotAllowed):
        return False
    except HTTPException:
        return False
    return True
