"""Checkers from outside: an account for one inspection, which ends."""

import io
import re

import pytest

from app import clock
from app.accounts.models import Pass, Person
from app.db import rows
from app.inspections.models import Evidence, Inspector
from app.photos.actions_pictures import drain
from tests.authorisation.world import THINGS
from tests.support import inspecting as a
from tests.support.pictures import jpeg

INVITE = {"account": "ext-01", "name": "评价员-01", "body": "示例标准化评价中心", "last_on": "2026-11-25"}
SECRET = re.compile(r">([a-z2-9]{4}(?:-[a-z2-9]{4}){3})<")
# What a checker from outside may open beside the own inspection: the way in and out, and the own account.
OWN = {
    "/", "/me", "/me/data", "/me/data.zip", "/me/second", "/me/sessions", "/me/secrets", "/inspections", "/privacy",
}  # fmt: skip


@pytest.fixture
def made(site):
    with site.app_context():
        return a.begun(occasion=a.Occasion.THIRD_PARTY)


def post(client, path, data=None):
    return client.post(path, data={"csrf_token": client.token("/me"), **(data or {})})


def text_of(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def invited(site, at_work, made):
    """The client of a checker from outside, signed in with the password that was shown once."""
    answer = post(at_work("stan"), f"/inspections/{made}/externals", INVITE)
    assert answer.status_code == 200
    client = site.test_client()
    client.sign_in("ext-01", SECRET.search(text_of(answer))[1])
    return client


def test_given_a_checker_from_outside_when_signed_in_then_the_named_inspection_is_there_and_can_be_filled(
    site, invited, made
):
    with site.app_context():
        foreign = a.begun(occasion=a.Occasion.THIRD_PARTY)

    assert invited.get("/").location == "/inspections"
    listed = text_of(invited.get("/inspections"))
    assert made in listed and foreign not in listed
    good = {"conclusion": "conforms", "ways": ["look"], "record": "现场查看三处。", "revision": "0"}
    photo = {"photos": (io.BytesIO(jpeg()), "a.jpg")}
    assert post(invited, f"/inspections/{made}/items/1", good).status_code == 303
    assert post(invited, f"/inspections/{made}/items/1/evidence", photo).status_code == 303
    for path in ("", "/items/1"):
        assert invited.get(f"/inspections/{foreign}{path}").status_code == 404
    assert post(invited, f"/inspections/{foreign}/items/1", good).status_code == 404
    with site.app_context():
        assert [row.by_id for row in rows(Evidence.__table__.select())] == ["ext-01"]


def test_given_every_address_when_a_checker_from_outside_asks_then_all_but_the_own_few_are_closed(site, invited):
    found, argument = set(), re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
    for rule in site.url_map.iter_rules():
        view = site.view_functions[rule.endpoint]
        if "GET" not in rule.methods or getattr(view, "guard", "public") == "public":
            continue
        path = argument.sub(lambda each: THINGS.get(each[1], ("1",))[0], rule.rule)
        if invited.get(path).status_code not in (403, 404):
            found.add(path)

    assert found == OWN


def test_given_every_view_when_looked_at_then_only_these_let_checkers_from_outside_in(site):
    rooms = {
        site.view_functions[name].__module__
        for name in site.view_functions
        if getattr(site.view_functions[name], "external", False)
    }

    assert rooms == {
        "app.accounts.routes", "app.accounts.routes_factor", "app.accounts.routes_own", "app.inspections.routes",
        "app.inspections.routes_api", "app.inspections.routes_closing", "app.inspections.routes_items",
        "app.pages.routes_home", "app.photos.routes", "app.privacy.routes", "app.privacy.routes_own",
    }  # fmt: skip


def test_given_the_last_day_when_it_is_over_then_the_session_ends_and_signing_in_is_refused_with_a_sentence(
    site, at_work, made
):
    password = SECRET.search(text_of(post(at_work("stan"), f"/inspections/{made}/externals", INVITE)))[1]
    client = site.test_client()
    client.sign_in("ext-01", password)

    with clock.at(a.NOW.replace(day=25, hour=15, minute=59)):
        before = client.get("/inspections").status_code
    with clock.at(a.NOW.replace(day=25, hour=16)):
        after = client.get("/inspections")
        again = site.test_client().send("/login", {"account": "ext-01", "password": password}, page="/login")

    assert before == 200
    assert after.status_code == 303 and "/login" in after.location
    assert again.status_code == 422
    assert "已到期" in text_of(again)


def test_given_an_account_when_ended_or_prolonged_by_the_office_then_at_once(site, at_work, invited, made):
    stan, path = at_work("stan"), f"/inspections/{made}/externals"

    longer = post(stan, f"{path}/prolong", {"person": "ext-01", "last_on": "2026-12-31"})
    open_still = invited.get("/inspections").status_code
    ended = [post(stan, f"{path}/end", {"person": "ext-01"}).status_code for _ in range(2)]

    assert longer.status_code == 303
    assert open_still == 200
    assert ended == [303, 303]
    assert invited.get("/inspections").status_code == 303


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"account": "A B"}, "小写字母"),
        ({"account": "ina"}, "已有人用"),
        ({"name": ""}, "60"),
        ({"body": ""}, "80"),
        ({"last_on": "soon"}, "请选择"),
        ({"last_on": "2026-11-22"}, "截止日期"),
        ({"last_on": "2027-06-01"}, "截止日期"),
    ],
)
def test_given_an_invitation_that_cannot_be_when_sent_then_a_sentence_and_no_account(
    site, at_work, made, changed, sentence
):
    answer = post(at_work("stan"), f"/inspections/{made}/externals", {**INVITE, **changed})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    with site.app_context():
        assert not rows(Pass.__table__.select())
        assert not rows(Inspector.__table__.select().where(Inspector.person_id == "ext-01"))
        assert not rows(Person.__table__.select().where(Person.external_of.is_not(None)))


@pytest.mark.parametrize("person", ["ina", "sue", "lou", "ann"])
def test_given_somebody_outside_the_standards_section_when_inviting_then_refused(site, at_work, made, person):
    client, path = at_work(person), f"/inspections/{made}/externals"

    answers = [post(client, path + tail, {**INVITE, "person": "ext-01"}) for tail in ("", "/prolong", "/end")]

    assert {answer.status_code for answer in answers} == {403}


def test_given_own_people_when_their_end_is_set_here_then_there_is_no_such_checker(site, at_work, made):
    stan, path = at_work("stan"), f"/inspections/{made}/externals"

    answers = [
        post(stan, f"{path}/end", {"person": "ina"}),
        post(stan, f"{path}/prolong", {"person": "ian", "last_on": "2026-11-30"}),
        post(stan, f"{path}/end", {"person": "nobody"}),
        post(stan, f"{path}/prolong", {"person": "ext-01", "last_on": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 422]


def test_given_a_closed_inspection_when_somebody_is_invited_then_refused(site, at_work):
    with site.app_context():
        done = a.closed()

    assert post(at_work("stan"), f"/inspections/{done}/externals", INVITE).status_code == 409


def test_given_a_checker_from_outside_when_own_people_are_listed_for_a_team_then_nobody_from_outside_is_offered(
    site, at_work, invited
):
    page = text_of(at_work("stan").get("/inspections/new"))

    assert "岗位ian" in page and "评价员-01" not in page


def test_given_evidence_of_two_inspections_when_looked_at_then_each_sees_what_is_theirs(site, at_work, invited, made):
    with site.app_context():
        foreign = a.begun(occasion=a.Occasion.THIRD_PARTY, unit_id="clean")
    ina = at_work("ina")
    for inspection, seed in ((made, 1), (foreign, 2)):
        photo = {"photos": (io.BytesIO(jpeg(seed=seed)), "a.jpg")}
        assert post(ina, f"/inspections/{inspection}/items/1/evidence", photo).status_code == 303
    with site.app_context():
        drain(site.extensions["photo_store"], now=a.NOW, on_failed=print)
        hashes = {row.inspection_id: row.sha256 for row in rows(Evidence.__table__.select())}
    clients = {"ext": invited, **{each: at_work(each) for each in ("ina", "sue", "max", "lea", "tom", "ann", "lou")}}

    seen = {
        name: [client.get(f"/photos/{hashes[each]}").status_code for each in (made, foreign)]
        for name, client in clients.items()
    }

    assert seen == {
        "ext": [200, 404], "ina": [200, 200], "sue": [200, 200], "max": [404, 200], "lea": [404, 200],
        "tom": [404, 404], "ann": [404, 404], "lou": [200, 200],
    }  # fmt: skip
