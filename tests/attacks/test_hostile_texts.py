"""Hostile text in every field: kept as text and shown as text, or refused with a sentence; never run, never a 5xx."""

import csv
import io

import pytest

from tests.attacks.world import OWN_CODE, THINGS, address, client_of
from tests.authorisation.world import ACTORS, everything
from tests.support import builders

MARKUP = "<img src=x onerror=alert(1)>'\"--{{7*7}}${7*7}\u202e"
UNSEEN = ["\0", "a\0b", "\x1b[31m", "\x85", "\x7f"]
OWN_CHECK = THINGS["check_id"][0]
# Everything that a form of any page sends, so that each address gets its own among others that it ignores.
NAMES = (
    "account", "password", "next", "day", "to", "was", "round", "point", "from_at", "to_at", "reason", "note", "on",
    "kind", "name", "source", "stock", "skip", "cell", "area", "scope", "side", "old", "step", "verdict", "text",
    "severity", "check", "id", "role", "org_id", "crew_id", "shift_id", "grant", "from_on", "to_on", "pin", "new",
    "again", "key", "closing", "remark", "locale", "large_text",
    "words", "contact", "wanted", "result", "unit", "about", "face", "said", "need", "proposed", "happened_at",
    "person",
)  # fmt: skip
FORBIDDEN = 403
ENDS_THE_SESSION = ("/logout", "/me/password", "/team-phone")


def posts(app):
    """The form addresses of the application with own things in them."""
    rules = {rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    return [address(rule) for rule in sorted(rules) if not rule.startswith("/api/") and rule not in ENDS_THE_SESSION]


def send(client, headers, path, **fields):
    return client.post(path, data=fields, headers=headers)


def test_given_markup_in_the_texts_of_the_office_when_shown_then_it_is_text(world):
    supervisor, headers = client_of(world, "supervisor")
    supervisor.inspecting = True
    finding = {"check": OWN_CHECK, "step": "S01", "text": MARKUP, "severity": "minor"}
    closing = {"point": "p1", "from_at": "2026-11-25T08:00", "to_at": "2026-11-26T08:00", "reason": "maintenance"}

    done = [
        send(supervisor, headers, "/log/findings", **finding),
        send(supervisor, headers, "/log/closing", day="2026-11-23", remark=MARKUP),
        send(supervisor, headers, "/labels/points/p1/replace", old=OWN_CODE, reason=MARKUP),
        send(supervisor, headers, "/rounds/closings", note=MARKUP, **closing),
    ]

    assert [answer.status_code for answer in done[:3]] == [303, 303, 303]
    pages = [f"/checks/{OWN_CHECK}", "/log", "/log?view=findings", "/points/p1", "/points", "/rounds/closings"]
    shown = "".join(supervisor.get(page).get_data(as_text=True) for page in pages)
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


@pytest.mark.parametrize("actor", ["supervisor", "admin", "standards"])
def test_given_hostile_text_in_every_field_when_sent_anywhere_then_never_an_error_of_ours(world, actor):
    client, headers = client_of(world, actor)
    texts = [MARKUP, "9" * 30, "9999-12-31T23:59", "²"]
    open_to_it = [path for path in posts(world) if send(client, headers, path).status_code != FORBIDDEN]

    answers = [send(client, headers, path, **dict.fromkeys(NAMES, text)) for path in open_to_it for text in texts]

    assert {answer.status_code for answer in answers} <= {200, 303, 400, 404, 409, 410, 422, 429}
    assert client.get("/me").status_code == 200


def test_given_characters_that_nobody_sees_when_sent_anywhere_then_refused_and_nothing_changes(world):
    client, headers = client_of(world, "supervisor")
    before = everything(world)

    answers = [
        send(client, headers, path, **dict.fromkeys(NAMES, text))
        for path in posts(world)
        if not path.lower().startswith("/p/")
        for text in UNSEEN
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert "看不见" in answers[0].get_data(as_text=True)
    assert everything(world) == before


def test_given_characters_that_nobody_sees_in_an_address_when_asked_then_a_sentence(world):
    client, _headers = client_of(world, "admin")

    paths = [client.get(f"/p/{OWN_CODE}%00"), client.get("/people/ann%00"), client.get("/points/p1%1b")]
    queries = [client.get("/people?q=%00"), client.get("/labels?area=a%07"), client.get("/login?next=%00")]

    assert [answer.status_code for answer in paths] == [404, 404, 404]
    assert [answer.status_code for answer in queries] == [422, 422, 422]


def test_given_a_text_far_too_long_when_sent_then_refused(world):
    client, headers = client_of(world, "supervisor")

    answer = send(client, headers, "/log/closing", remark="长" * 100_000)

    assert answer.status_code == 422


def test_given_line_breaks_tabs_and_every_script_when_sent_then_kept(world):
    client, headers = client_of(world, "supervisor")

    answer = send(client, headers, "/log/closing", day="2026-11-23", remark="一\r\n二\t三 👩‍🔧 العربية")

    assert answer.status_code == 303


def test_given_a_name_like_a_formula_when_exported_then_the_cell_is_text(world):
    with world.app_context():
        builders.person("eve", "worker", "clean", name="=HYPERLINK(1)")
        builders.occurrence("p1", "2026-11-23/A/A9", assignee_id="eve")
    client, _headers = client_of(world, "supervisor")

    text = client.get("/log.csv?day=2026-11-23").get_data(as_text=True)

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("actor", ["worker", "supervisor", "standards"])
def test_given_fields_that_a_form_does_not_have_when_sent_then_the_account_stays_as_it_was(world, actor):
    client, headers = client_of(world, actor)
    before = everything(world)["people"]
    wanted = {
        "role": "admin",
        "org_id": "bureau",
        "active": "1",
        "name": "x",
        "id": ACTORS[actor][0],
        "grants": "release",
    }

    for path in ("/preferences", f"/people/{ACTORS[actor][0]}", "/people", "/me/pin"):
        send(client, headers, path, **wanted)

    assert everything(world)["people"] == before
