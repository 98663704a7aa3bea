"""Every route says who may open it; a start without that is refused."""

import pytest
from flask import Flask

from app.web.guards import guards_of, refuse_unguarded
from tests.support.databases import make_app


@pytest.fixture
def bare_app(tmp_path):
    return make_app(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path)


def test_given_all_routes_when_listed_then_each_has_a_guard(bare_app):
    bare = [name for name, guard in guards_of(bare_app).items() if guard is None and name != "static"]

    assert bare == []


def test_given_all_routes_when_listed_then_each_answers_one_known_set_of_methods(bare_app):
    odd = [
        rule.rule
        for rule in bare_app.url_map.iter_rules()
        if not rule.methods or not rule.methods & {"GET", "POST", "PUT", "DELETE"}
    ]

    assert odd == []


def test_given_a_planted_view_without_a_guard_when_the_app_starts_then_it_is_refused():
    app = Flask("planted", static_folder=None)
    app.add_url_rule("/open", "open", lambda: "")

    with pytest.raises(RuntimeError, match="open"):
        refuse_unguarded(app)
