"""A flood of public posts through a trusted proxy: the caps hold, staff stay quick, honest voices get in."""

import itertools
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.feedback.models import FeedbackCall, FeedbackItem
from app.feedback.rules_walls import CALLS, VOICES, most_of
from app.web.visitors import form_seal
from qr.payload import new_code
from tests.support import builders as a
from tests.support.counting import queries_counted
from tests.support.databases import make_app, nothing
from tests.support.phones import cookie_and_token

POINTS = [f"p{number}" for number in range(1, 6)]
WORDS = ({"kind": "rating", "face": "1", "words": "垃圾广告 http://spam.example"}, {"kind": "complaint", "words": "x"})
CALLED = ({"kind": "call", "need": "paper"}, {"kind": "call", "need": "wet"})
POSTS = (*WORDS, *CALLED)


@pytest.fixture
def flooded(database, templates, tmp_path):
    """Behind one trusted proxy; five points that are flooded and one, p6, that nobody thinks of."""
    with templates.copy(database, "bare", nothing, tmp_path / "instance") as url:
        app = make_app(url, tmp_path / "instance", DABIAO_TRUSTED_PROXIES="1")
        with clock.at(a.NOW), app.app_context():
            a.small_world()
            for point in [*POINTS[1:], "p6"]:
                a.point(point, new_code())
                a.works_at(point)
        with app.app_context():
            codes = dict(map(tuple, db.rows(select(a.LabelCode.point_id, a.LabelCode.code))))
        yield app, codes
        with app.app_context():
            db.db.session.remove()
            db.db.engine.dispose()


class Visitor:
    """Somebody with a session of the own, behind the proxy; without a device's name unless the answer gave one."""

    def __init__(self, app, codes, address):
        self.app, self.codes, self.address = app, codes, address
        self.client = app.test_client()
        self.client.inspecting = False
        page = self.client.get(f"/p/{codes['p1']}", headers=self.headers).get_data(as_text=True)
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    @property
    def headers(self):
        return {"X-Forwarded-For": self.address, "X-Forwarded-Proto": "http", "X-Forwarded-Host": "localhost"}

    def says(self, point, at, **fields):
        """With a fresh form each time, as a program would; the name of the device is thrown away."""
        with self.app.app_context():
            seal = form_seal(self.codes[point], at - timedelta(seconds=30))
        self.client.delete_cookie("dabiao_visitor")
        data = {"csrf_token": self.token, "form": seal, **fields}
        with clock.at(at):
            return self.client.post(f"/p/{self.codes[point]}/feedback", data=data, headers=self.headers)


def stored(app, *clauses):
    with app.app_context():
        return db.scalar(select(func.count()).select_from(FeedbackItem).where(*clauses))


def most_of_any(app, column, *clauses):
    with app.app_context():
        counted = select(func.count()).where(*clauses).group_by(column)
        return max((row[0] for row in db.rows(counted)), default=0)


def statements(app, codes):
    """How many statements staff pages send: a supervisor's page of voices, a worker's page of a quiet point."""
    counts = []
    for person, path in (("sue", "/feedback"), ("ann", f"/p/{codes['p6']}")):
        cookie, _token = cookie_and_token(app, person)
        client = app.test_client(use_cookies=False)
        client.get(path, headers={"Cookie": cookie})
        with queries_counted() as made:
            assert client.get(path, headers={"Cookie": cookie}).status_code == 200
        counts.append(len(made))
    return counts


def test_given_a_flood_from_many_addresses_when_over_then_the_caps_hold_and_honest_voices_got_in(flooded, soak):
    app, codes = flooded
    posts, addresses, lasting = (10_000, 200, timedelta(minutes=10)) if soak else (1_000, 20, timedelta(minutes=1))
    crowd = [Visitor(app, codes, f"198.51.{number // 250}.{number % 250 + 1}") for number in range(addresses)]
    with clock.at(a.NOW):
        quick = statements(app, codes)

    said = set()
    for number, who, point in zip(range(posts), itertools.cycle(crowd), itertools.cycle(POINTS), strict=False):
        fields = POSTS[number // addresses % len(POSTS)]
        said.add(who.says(point, a.NOW + lasting * number / posts, **fields).status_code)

    assert said <= {303, 409, 429}
    voices, calls = FeedbackItem.kind != "call", FeedbackItem.kind == "call"
    for clause, walls in ((voices, VOICES), (calls, CALLS)):
        assert 0 < stored(app, clause) <= min(walls.most_in(lasting), len(POINTS) * most_of(walls.point, lasting))
        assert most_of_any(app, FeedbackItem.address, clause) <= most_of(walls.address, lasting)
        assert most_of_any(app, FeedbackItem.point_id, clause) <= most_of(walls.point, lasting)
    with app.app_context():
        assert db.scalar(select(func.count()).select_from(FeedbackCall)) <= 2 * len(POINTS)

    honest, later = Visitor(app, codes, "203.0.113.9"), a.NOW + lasting
    heard = [
        honest.says("p1", later, kind="call", need="paper"),
        honest.says("p6", later, kind="call", need="smell"),
        honest.says("p6", later, kind="rating", face="5", words="很好"),
    ]
    assert [answer.status_code for answer in heard] == [303, 303, 303]
    assert stored(app, FeedbackItem.words == "很好") == 1
    with clock.at(later):
        assert "已通知" in honest.client.get(heard[0].location, headers=honest.headers).get_data(as_text=True)
        app.extensions["code_guesses"].settle()
    with clock.at(a.NOW):
        worked = statements(app, codes)
    assert [after - before for before, after in zip(quick, worked, strict=True)] == [0, 1]


def test_given_no_trusted_proxy_when_addresses_are_made_up_then_they_are_one(app):
    with clock.at(a.NOW), app.app_context():
        a.small_world()
    liars = [Visitor(app, {"p1": a.CODE}, f"198.51.100.{number}") for number in range(1, 31)]

    for number, liar in enumerate(liars):
        liar.says("p1", a.NOW + timedelta(seconds=number), kind="rating", face="3")

    with app.app_context():
        assert db.scalar(select(func.count(FeedbackItem.address.distinct()))) == 1
