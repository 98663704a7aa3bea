"""The API for other programs: who is let in, what they see of it, page by page, as its document says."""

from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from app import clock
from app.accounts.queries import person_by_id
from app.audit.queries import Search, lines
from app.data.actions_keys import revoke_key
from app.data.models import ApiKey
from app.data.queries_keys import keys
from app.data.rules_keys import PER_ADDRESS, PER_KEY, PREFIX
from app.db import atomically
from app.stats.forms import MonthQuery
from app.stats.queries_monthpage import tables
from tests.support import builders as make
from tests.support.data import ask, key, many
from tests.support.findings import found
from tests.support.history import STEPS, checked
from tests.support.records import ZONE
from tests.support.stored import rows_of

SOON = make.NOW + timedelta(minutes=1)
NAMES = ("records", "answers", "findings", "points", "figures", "measures")


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world(*STEPS)
        checked(app)
        found()
    return app


@pytest.fixture
def master(world):
    with world.app_context():
        return key()


def schema_of(app, name):
    return app.test_client().get("/api/data/v1/openapi.json").json["components"]["schemas"][name]


@pytest.mark.parametrize(
    "path", [*NAMES, "figures?by=point", "figures?by=standard", "figures?by=person", "measures?by=point"]
)
def test_given_rows_when_asked_for_then_each_is_as_the_schema_says(world, master, path):
    answer = ask(world, master, path, at=make.NOW + timedelta(hours=3))

    assert answer.status_code == 200
    assert answer.json["rows"]
    schema = {"type": "array", "items": schema_of(world, path.partition("?")[0])}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.json["rows"])
    assert (answer.json["cursor"], answer.json["next"]) == (None, None)


@pytest.mark.parametrize("name", ["records", "answers"])
def test_given_many_rows_when_read_page_by_page_then_each_comes_once_in_an_order_that_stands(world, master, name):
    with world.app_context():
        many(23, answers=2, a_day=7)
    whole = ask(world, master, name).json["rows"]

    pages, path = [], f"{name}?limit=5"
    while path:
        answer = ask(world, master, path.removeprefix("/api/data/v1/"), at=make.NOW + timedelta(days=len(pages)))
        pages.append(answer.json["rows"])
        path = answer.json["next"]

    assert [row for page in pages for row in page] == whole
    assert len(whole) == (24 if name == "records" else 48)
    assert {len(page) for page in pages[:-1]} == {5}
    assert [row["day"] for row in whole] == sorted(row["day"] for row in whole)


@pytest.mark.parametrize("path", ["points?limit=1", "figures?by=point&limit=1", "findings?limit=1"])
def test_given_two_things_when_read_one_by_one_then_the_second_page_is_the_last(world, master, path):
    with world.app_context():
        make.point("p2", "9H83JHK10S")
        make.works_at("p2")
        make.occurrence("p2")
        found(step_id="S02")
    late = make.NOW + timedelta(hours=3)

    first = ask(world, master, path, at=late).json
    second = ask(world, master, first["next"].removeprefix("/api/data/v1/"), at=late).json

    assert [len(first["rows"]), len(second["rows"]), second["next"]] == [1, 1, None]
    assert first["rows"] != second["rows"]


def test_given_the_api_s_figures_when_held_against_the_page_s_then_they_are_the_same(world, master):
    now = make.NOW + timedelta(hours=3)
    rows = ask(world, master, "figures?by=unit", at=now).json["rows"]

    with world.app_context():
        make.person("lou", "leader", "bureau")
        (line,) = tables(person_by_id("lou"), MonthQuery(make.NOW.date().replace(day=1)), now, ZONE)["unit"]
    (row,) = rows
    assert (row["key"], row["due"], row["on_time_reached"], row["on_time_of"]) == ("clean", 1, 1, line.counts.due)
    assert row["on_time_percent"] == 100
    assert row["conformity_of"] is None


def test_given_a_key_without_the_scope_when_it_asks_then_403_names_what_is_missing(world):
    with world.app_context():
        poor = key(("records:read",))

    answers = {name: ask(world, poor, name) for name in NAMES}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(NAMES, 403) | {
        "records": 200
    }
    assert answers["findings"].json["scope"] == "findings:read"
    assert "findings:read" in answers["findings"].json["detail"]


def test_given_a_key_without_people_when_it_asks_then_accounts_and_names_are_empty(world):
    with world.app_context():
        poor = key(("records:read", "figures:read"))

    (row,) = ask(world, poor, "records").json["rows"]

    assert (row["person"], row["person_id"], row["implementer"]) == (None, None, "单位clean")
    assert ask(world, poor, "figures?by=person").json["scope"] == "people:read"
    assert "人员ann" not in ask(world, poor, "records").get_data(as_text=True)


def test_given_keys_that_do_not_count_when_they_ask_then_all_get_the_same_answer(world):
    with world.app_context():
        ended, revoked, good = key(days=0), key(name="revoked"), key(name="good")
        gone = next(each.id for each in keys() if each.name == "revoked")
        atomically(lambda: revoke_key(gone, "adm", make.NOW))
    tomorrow = make.NOW + timedelta(days=1)

    refused = [ask(world, each, "records", at=tomorrow) for each in (ended, revoked, PREFIX + "x" * 43, "", good[:-1])]

    assert {answer.status_code for answer in refused} == {401}
    assert len({answer.get_data() for answer in refused}) == 1
    assert refused[0].headers["WWW-Authenticate"].startswith("Bearer")
    assert refused[0].json["type"] == "/problems/key"
    assert ask(world, ended, "records").status_code == 200
    assert ask(world, good, "records", at=tomorrow).status_code == 200


def test_given_a_session_or_another_way_of_signing_in_when_it_asks_then_only_a_bearer_key_counts(world, master):
    client = world.test_client()
    client.sign_in("sue")

    assert client.get("/api/data/v1/records").status_code == 401
    for given in (f"Basic {master}", master, f"bearer  {master}x"):
        assert client.get("/api/data/v1/records", headers={"Authorization": given}).status_code == 401
    with clock.at(make.NOW):
        assert client.get("/api/data/v1/records", headers={"Authorization": f"bearer {master}"}).status_code == 200


def test_given_a_key_of_one_unit_when_it_asks_then_it_sees_that_unit_and_those_below_it_only(world):
    with world.app_context():
        many(3, org="other", responsible_id="other")
        own, foreign = key(units=("care",)), key(units=("other",))

    assert len(ask(world, own, "records").json["rows"]) == 1
    assert {row["implementer_id"] for row in ask(world, foreign, "records").json["rows"]} == {"other"}
    assert ask(world, foreign, "findings").json["rows"] == []
    assert ask(world, foreign, "points").json["rows"] == []
    assert len(ask(world, own, "points").json["rows"]) == 1
    assert ask(world, foreign, "figures", at=make.NOW + timedelta(hours=3)).json["rows"] == []
    outside = [ask(world, foreign, f"records?unit={unit}") for unit in ("clean", "bureau", "nowhere")]
    assert {answer.status_code for answer in outside} == {403}
    assert len({answer.get_data() for answer in outside}) == 1
    assert len(ask(world, own, "records?unit=clean").json["rows"]) == 1


def test_given_a_key_whose_unit_is_gone_when_it_asks_then_it_sees_nothing(world):
    with world.app_context():
        lost = key(units=("nowhere",))

    assert [ask(world, lost, name).json["rows"] for name in NAMES] == [[]] * len(NAMES)


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("records?standard=JGSW05003.01", 1),
        ("records?standard=JGSW", 0),
        ("records?point=01-01-WC-00", 0),
        ("records?from=2026-11-22&to=2026-11-22", 0),
        ("records?from=2026-11-23&to=2026-11-23", 1),
        ("findings?from=2026-11-23&to=2026-11-23", 1),
        ("findings?from=2026-11-22&to=2026-11-22", 0),
        ("answers?unit=clean", 2),
        ("answers?unit=care", 2),
        ("records?received_from=2026-11-23T08:40:00%2B08:00", 1),
        ("records?received_from=2026-11-23T08:40:01%2B08:00", 0),
    ],
)
def test_given_filters_when_asked_then_only_those_rows(world, master, path, count):
    assert len(ask(world, master, path).json["rows"]) == count


def test_given_a_cursor_when_anything_else_of_the_question_is_another_then_400(world, master):
    with world.app_context():
        many(9)
        other = key()
    first = ask(world, master, "records?limit=2&unit=clean").json
    cursor = first["cursor"]

    wrong = {
        "another unit": ask(world, master, f"records?limit=2&cursor={cursor}"),
        "another set": ask(world, master, f"answers?unit=clean&cursor={cursor}"),
        "another day": ask(world, master, f"records?unit=clean&from=2026-11-20&cursor={cursor}"),
        "another key": ask(world, other, f"records?unit=clean&cursor={cursor}"),
        "changed": ask(world, master, f"records?unit=clean&cursor={cursor[:8]}A{cursor[9:]}"),
        "nonsense": ask(world, master, "records?cursor=x"),
    }

    assert {what: answer.status_code for what, answer in wrong.items()} == dict.fromkeys(wrong, 400)
    assert {answer.json["type"] for answer in wrong.values()} == {"/problems/cursor"}
    assert ask(world, master, f"records?limit=7&unit=clean&cursor={cursor}").status_code == 200


@pytest.mark.parametrize(
    "path", ["records?from=2025-11-22", "records?form=2026-11-01", "records?limit=5000", "findings?to=x"]
)
def test_given_parameters_that_do_not_hold_when_asked_then_422_with_a_sentence_each(world, master, path):
    answer = ask(world, master, path)

    assert answer.status_code == 422
    assert all(answer.json["fields"].values())


def test_given_no_such_rows_when_asked_then_404_for_a_key_and_401_without_one(world, master):
    assert ask(world, master, "people").status_code == 404
    assert ask(world, "x", "people").status_code == 401


def test_given_an_etag_when_nothing_changed_then_304_and_after_a_record_anew(world, master):
    first = ask(world, master, "records")

    same = ask(world, master, "records", **{"If-None-Match": first.headers["ETag"]})
    with world.app_context():
        many(1)
    more = ask(world, master, "records", **{"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.get_data(), more.status_code) == (304, b"", 200)


def test_given_a_key_when_it_asks_too_fast_then_429_and_after_a_while_on(world, master):
    answers = [ask(world, master, "points") for _ in range(int(PER_KEY.capacity) + 1)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert answers[-1].headers["Retry-After"]
    assert ask(world, master, "points", at=SOON).status_code == 200


def test_given_guesses_when_they_go_on_then_the_address_waits_and_a_good_key_from_there_does_not(world, master):
    guesses = [ask(world, f"dabiao_{n}", "points").status_code for n in range(int(PER_ADDRESS.capacity) + 1)]

    assert guesses[-2:] == [401, 429]
    assert ask(world, master, "points").status_code == 200


def test_given_a_key_when_used_then_when_is_kept_and_the_first_time_a_day_is_in_the_audit_log(world, master):
    for _ in range(3):
        ask(world, master, "records")
    ask(world, master, "answers", at=make.NOW + timedelta(days=1))

    with world.app_context():
        noted = [line for line in lines(Search()) if line.kind == "export.api"]
        (kept,) = rows_of(ApiKey)
    assert [line.by_name for line in noted] == ["数据平台", "数据平台"]
    assert kept.last_used_at == make.NOW + timedelta(days=1)
    assert master not in repr(kept)
    assert kept.hint == master[-4:]


def test_given_a_text_like_a_formula_when_answered_then_json_carries_it_as_it_is(world, master):
    with world.app_context():
        many(1, note='=HYPERLINK("x")')

    assert '=HYPERLINK("x")' in [row["note"] for row in ask(world, master, "records").json["rows"]]


def test_given_the_document_when_asked_for_in_two_languages_then_words_change_and_names_do_not(world):
    client = world.test_client()
    chinese, english = (
        client.get("/api/data/v1/openapi.json", headers={"Accept-Language": each}).json for each in ("zh", "en")
    )

    of = [each["components"]["schemas"]["records"]["properties"] for each in (chinese, english)]
    assert list(of[0]) == list(of[1])
    assert (of[0]["receipt"]["title"], of[1]["receipt"]["title"]) == ("回执号", "Receipt number")
