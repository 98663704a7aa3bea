"""Every route with every kind of answer, for an administrator and for a stranger: the walls of the browser stand."""

import re

import pytest

from app.db import db
from app.web.headers import FIXED
from tests.support import builders
from tests.support.databases import make_app, nothing

ARGUMENT = re.compile(r"<(?:(\w+):)?\w+>")
ODD = {"uuid": "00000000-0000-4000-8000-000000000001", "int": "1", "path": "x", None: "x"}
OUTSIDE = ("/static",)
PARTS = ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


@pytest.fixture
def site(templates, tmp_path):
    """By https and in production; the database does not matter here, so it is one of the quick kind."""
    https = {"DABIAO_BASE_URL": "https://localhost", "DABIAO_PRODUCTION": "1"}
    with templates.copy("sqlite", "bare", nothing, tmp_path) as url:
        app = make_app(url, tmp_path, **https)
        with app.app_context():
            builders.small_world()
            builders.person("adm", "admin", "bureau")
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def addresses(app):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(OUTSIDE):
            continue
        address = ARGUMENT.sub(lambda found: ODD.get(found[1], "x"), rule.rule)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, address


def faults_of(answer):
    headers = answer.headers
    found = [f"{name}: {headers.getlist(name)}" for name, value in FIXED.items() if headers.getlist(name) != [value]]
    policy = headers.get("Content-Security-Policy", "")
    found += [f"no {part}" for part in PARTS if part not in policy]
    found += [policy for lax in ("unsafe-inline", "'unsafe-eval'", "*") if lax in policy]
    if headers.get("Strict-Transport-Security") != "max-age=31536000":
        found.append(f"Strict-Transport-Security: {headers.get('Strict-Transport-Security')}")
    if answer.mimetype == "text/html" and "public" in headers.get("Cache-Control", "public"):
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    return found if answer.mimetype else [*found, "no type"]


@pytest.mark.parametrize("who", ["adm", None])
def test_given_every_route_when_answered_then_every_wall_of_the_browser_stands(site, who):
    client = site.test_client()
    client.inspecting = False
    secure = {"base_url": "https://localhost"}
    if who:
        page = client.get("/login", **secure).get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        form = {"account": who, "password": builders.PASSWORD, "csrf_token": token}
        assert client.post("/login", data=form, headers={"Referer": "https://localhost/"}, **secure).status_code == 303
    wrong, types = [], set()

    for method, address in addresses(site):
        if who and address in ("/logout", "/me/sessions/end-others"):
            continue
        answer = client.open(address, method=method, **secure)
        types.add(answer.mimetype)
        wrong += [f"{method} {address} {answer.status_code}: {fault}" for fault in faults_of(answer)]
        answer.close()

    assert not wrong, "\n".join(wrong[:40])
    assert {"text/html", "application/problem+json"} <= types
