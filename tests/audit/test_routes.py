"""The audit log: what gets into it, who reads it, what a file carries."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app import clock
from app.audit.actions import note
from app.audit.queries import Search, lines
from app.db import atomically
from app.places.actions import withdraw_code
from tests.support import builders


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("adm", "admin", "bureau")
        builders.person("aud", "auditor", "bureau")
        builders.person("sup", "supervisor", "care")
    return app


def _kinds(app, who: str = "") -> list[str]:
    with app.app_context():
        return [line.kind for line in lines(Search(who=who))]


def _signed(app, person: str):
    client = app.test_client()
    client.sign_in(person)
    return client


def test_given_a_sign_in_when_it_succeeds_and_ends_then_both_are_in_the_log(world):
    client = _signed(world, "ann")

    client.send("/logout", page="/me/sessions")

    assert _kinds(world, "ann") == ["sign_in.out", "sign_in.ok"]


@pytest.mark.parametrize(("typed", "about"), [("ann", "ann"), ("meine-geheime-phrase", "")])
def test_given_a_wrong_password_when_signing_in_then_only_an_account_is_kept_never_what_was_typed(world, typed, about):
    world.test_client().send("/login", {"account": typed, "password": "wrong"})

    with world.app_context():
        (line,) = lines(Search())
    assert (line.kind, line.about, line.by_id) == ("sign_in.failed", about, None)
    assert "geheime" not in repr(line)


def test_given_an_administrator_when_looking_at_a_person_then_it_is_in_the_log(world):
    client = _signed(world, "adm")

    client.get("/people")
    client.get("/people/ann")

    assert _kinds(world, "adm")[:2] == ["view.person", "view.people"]
    with world.app_context():
        assert lines(Search())[0].about == "ann"


def test_given_a_look_that_was_refused_then_no_look_is_noted(world):
    client = _signed(world, "sup")

    assert client.get("/people/nobody").status_code == 404
    assert "view.person" not in _kinds(world)


def test_given_rights_when_they_change_then_who_and_whose_are_in_the_log(world):
    client = _signed(world, "adm")

    client.send("/people/ann/disable", page="/people/ann")

    with world.app_context():
        line = lines(Search(group="rights"))[0]
    assert (line.kind, line.by_id, line.about) == ("rights.disabled", "adm", "ann")


def test_given_the_auditor_when_opening_the_log_then_filters_and_cursor_work(world):
    with world.app_context(), clock.at(datetime(2026, 11, 1, tzinfo=UTC)):
        atomically(lambda: [note("export.file", by_id="sup", about=f"no-{n}") for n in range(60)])
    client = _signed(world, "aud")

    first = client.get("/audit?who=sup&kind=export&from=2026-11-01&to=2026-11-01").get_data(as_text=True)
    none = client.get("/audit?who=sup&kind=export&from=2026-11-02").get_data(as_text=True)

    assert "no-59" in first
    assert "no-9<" not in first
    assert "没有找到" in none
    older = client.get(first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")).get_data(as_text=True)
    assert "no-9<" in older
    assert "no-59" not in older


@pytest.mark.parametrize("person", ["ann", "sup", "adm"])
def test_given_anybody_but_the_auditor_when_opening_the_log_then_refused(world, person):
    assert _signed(world, person).get("/audit").status_code == 403


@pytest.mark.parametrize("query", ["before=x", "before=99999999999999999999", "from=1", "kind=nix", "who=%27"])
def test_given_a_mangled_address_when_opening_the_log_then_it_opens(world, query):
    assert _signed(world, "aud").get(f"/audit?{query}").status_code == 200


def test_given_the_log_as_a_file_when_no_purpose_is_given_then_it_is_asked_for(world):
    client = _signed(world, "aud")

    asked = client.get("/audit/log.csv?who=aud").get_data(as_text=True)

    assert 'name="who" value="aud"' in asked
    assert "export.file" not in _kinds(world)


def test_given_the_log_as_a_file_when_taken_then_it_is_noted_and_carries_the_number(world):
    client = _signed(world, "aud")

    answer = client.get("/audit/log.csv?purpose=other&purpose_words=年度复查")

    text = answer.get_data(as_text=True)
    with world.app_context():
        line = lines(Search())[0]
    assert (line.kind, line.about, line.data["purpose"]) == ("export.file", "audit", "年度复查")
    assert text.splitlines()[-1].startswith(f"导出编号 {line.id} ·")
    assert "年度复查" in text.splitlines()[-1]
    assert answer.headers["X-Export-Number"] == str(line.id)


def test_given_other_without_words_when_taking_a_file_then_it_is_asked_again(world):
    answer = _signed(world, "aud").get("/audit/log.csv?purpose=other&purpose_words=%20")

    assert answer.mimetype == "text/html"


def test_given_the_daily_log_when_taken_as_excel_then_the_usual_purpose_and_a_footer(world):
    client = _signed(world, "sup")

    answer = client.get("/log.xlsx")

    book = load_workbook(BytesIO(answer.data))
    with world.app_context():
        line = lines(Search())[0]
    assert (line.about, line.data["purpose"]) == ("daily log", "daily")
    assert f"导出编号 {line.id}" in book.worksheets[0].oddFooter.left.text
    assert f"导出编号 {line.id}" in book.properties.description


def test_given_a_label_when_withdrawn_then_who_and_which_are_in_the_log(world):
    with world.app_context():
        atomically(lambda: withdraw_code(builders.CODE, "破损", "sup", builders.NOW))

        line = lines(Search(group="label"))[0]
    assert (line.kind, line.by_id, line.about) == ("label.withdrawn", "sup", builders.CODE)
    assert line.data == {"point": "p1", "reason": "破损"}


def test_given_a_person_s_figures_when_looked_at_then_noted_and_without_a_person_not(world):
    client = _signed(world, "sup")

    client.get("/stats/records")
    assert "view.figures" not in _kinds(world)
    client.get("/stats/records?person=ann")

    with world.app_context():
        assert [(line.kind, line.about) for line in lines(Search(group="view"))] == [("view.figures", "ann")]


WITHOUT = {
    "meeting_import.workbook": "an empty form to fill in",
    "dispatches.template": "an empty form to fill in",
    "badges.cards": "cards to be cut out; printing each is noted as rights.badge_issued",
    "labels.sheet": "labels hold no personal data, and their geometry must not change",
    "labels.calibration": "a ruler",
    "form_templates.download": "an empty form",
    "own_data.file": "notes itself as export.own and carries its number inside",
}


def test_given_every_address_of_a_file_then_it_is_an_export_or_says_why_not(app):
    endings = (".xlsx", ".csv", ".pdf", ".docx", ".zip", "pack.json", ".<kind>")

    files = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith(endings)}
    bare = {name for name in files if not hasattr(app.view_functions[name], "exported")}

    assert len(files) > 15
    assert bare <= WITHOUT.keys(), bare - WITHOUT.keys()
