"""Measures for other programs: each with all that belongs to it, the very numbers of the month's page."""

import re
import uuid
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from app.accounts.queries import person_by_id
from app.data.rules_keys import PEOPLE
from app.spotchecks.models import Review, ReviewState
from app.stats.forms import MonthQuery
from app.stats.queries_monthpage import month_page
from app.stats.rules_formulas import usage
from app.stats.rules_measured import NAMED
from app.stats.rules_measures import FINER, MEASURES, SHORT
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.counting import queries_counted
from tests.support.data import ask, key
from tests.support.findings import found
from tests.support.lists import drawn_list, item_id
from tests.support.played import PLAYED, demo_month
from tests.support.readers import body, readers, signed_in
from tests.support.world import filled

DAY = timedelta(days=1)
WEEK = NOW + 7 * DAY


@pytest.fixture
def demo(inside):
    with demo_month(inside) as played:
        yield played


@pytest.fixture
def world(app):
    """Two contractors with windows of every kind, a holiday among them, a finding and a second opinion each."""
    with app.app_context():
        make.small_world()
        make.org("guard", "/bureau/care/", "contractor", name="保安公司")
        make.person("gus", "worker", "guard")
        readers()
        counts = {"key_due": 2, "key_evidenced": 2, "key_pass": 1, "photos_due": 2, "photos_sent": 2, "photos_valid": 1}
        here = filled("p1", "C1", NOW - DAY, steps_pass=5, **counts)
        filled("p1", "C2", NOW - DAY + timedelta(hours=2), state="in_grace", day_type="holiday", **counts)
        there = filled("p1", "C3", NOW - DAY, by="gus", state="late", implementer_id="guard", via="typed")
        make.occurrence("p1", "C4", NOW - 2 * DAY, state="unknown", assignee_id="ann")
        make.occurrence("p1", "C5", NOW - 2 * DAY, state="missed", implementer_id="guard")
        draw = drawn_list(here, there)
        _looked("clean", here, item_id(draw, 1), "agrees")
        _looked("guard", there, item_id(draw, 2), "differs")
        found()
        found(implementer_id="guard", step_id="S02")
    return app


def _looked(implementer, check_id, item, outcome):
    """A second opinion on a record drawn at random; one that differs was judged untrue."""
    whose = {"executor_id": "ann", "by_id": "ina", "by_name": "人员ina", "standard_code": "JGSW05003.01"}
    where = {"implementer_id": implementer, "responsible_id": "care", "point_id": "p1"}
    review = str(uuid.uuid4())
    said = {"kind": "onsite", "check_id": check_id, "item_id": item, "at": NOW, "outcome": outcome}
    make.kept(Review, id=review, subject=review, **said, **whose, **where)
    if outcome == "differs":
        make.kept(ReviewState, review_id=review, state="untrue", appeal_until=NOW)


def rows_by_key(app, secret, path, at, **headers):
    return {row["measure"]: row for row in ask(app, secret, path, at=at, **headers).json["rows"]}


def on_page(page):
    """(numerator, denominator) of every figure of the month's page by its key."""
    rates = {each.key: each.rate(page.counts) for each in (*MEASURES, *FINER, SHORT)} | page.beside
    counts = {"usage": (usage(page.counts), None)} | ({"design_gaps": (page.gaps.count, None)} if page.gaps else {})
    return {name: (rate.numerator, rate.denominator) for name, rate in rates.items()} | counts


def parts(rows):
    return {name: (row["numerator"], row["denominator"]) for name, row in rows.items()}


def test_mt10_to_mt25_given_the_demo_month_when_read_then_site_and_unit_have_the_numbers_of_the_page(demo):
    zone, leader, first = demo.extensions["settings"].zone, person_by_id("ldr-01"), PLAYED.date().replace(day=1)
    secret = key()

    site = parts(rows_by_key(demo, secret, "measures?month=2026-11", PLAYED))
    unit = parts(rows_by_key(demo, secret, "measures?month=2026-11&unit=ctr-clean", PLAYED))

    whole = on_page(month_page(leader, MonthQuery(first), PLAYED, zone))
    one = on_page(month_page(leader, MonthQuery(first, "ctr-clean"), PLAYED, zone))
    assert set(site) == {each.key for each in NAMED}
    assert site == whole
    # Gaps in the rota are no unit's.
    assert unit == {name: pair for name, pair in one.items() if name != "design_gaps"}
    assert unit != {name: pair for name, pair in site.items() if name != "design_gaps"}
    told = ("findings_in_time", "first_recheck", "scope_points", "scope_people", "photo_sent")
    assert [name for name in told if not site[name][1]] == [], site


def test_mt34_given_the_demo_month_when_its_page_is_read_then_what_stands_there_is_what_the_api_says(demo):
    site = parts(rows_by_key(demo, key(), "measures?month=2026-11", PLAYED))

    text = body(signed_in(demo, "ldr-01"), "/stats?month=2026-11")

    printed = re.findall(r'figure=(\w+)[^"]*">[^<]*</a> <span class="muted small num">(\d+)/(\d+)', text)
    printed += [
        (name, *re.findall(r"\d+", inner.split('class="sub')[1])[:2])
        for name, inner in re.findall(r'<a class="tile[^"]*" href="[^"]*measure=(\w+)[^"]*">(.*?)</a>', text, re.DOTALL)
    ]
    assert len(printed) > 10
    # The tile says 7 of 9 in Chinese words as 9 ... 7: both parts, whatever their order.
    assert {name: sorted(map(int, pair)) for name, *pair in printed} == {
        name: sorted(site[name]) for name, *_pair in printed
    }


@pytest.mark.parametrize(("who", "units"), [("leo", ()), ("meg", ("clean",)), ("sue", ("care",))])
def test_given_a_key_of_units_when_read_then_it_has_the_numbers_of_whoever_reaches_them(world, who, units):
    with world.app_context():
        secret = key(units=units)
        page = on_page(
            month_page(
                person_by_id(who), MonthQuery(NOW.date().replace(day=1)), WEEK, world.extensions["settings"].zone
            )
        )

    told = parts(rows_by_key(world, secret, "measures?month=2026-11", WEEK))

    assert told == {name: pair for name, pair in page.items() if name != "design_gaps" or not units}
    if units == ("clean",):
        assert (told["findings_in_time"], told["scope_contractors"]) == ((0, 1), (1, 1))
        assert (told["spot_checks"], told["untrue"]) == ((1, 1), (0, 1))
    else:
        assert (told["findings_in_time"], told["scope_contractors"]) == ((0, 2), (2, 2))
        assert (told["spot_checks"], told["untrue"]) == ((2, 2), (1, 2))


def _whole(app):
    with app.app_context():
        return key()


def test_given_a_key_of_one_unit_when_it_asks_for_another_then_it_is_refused(world):
    with world.app_context():
        secret = key(("figures:read",), units=("clean",))

    assert ask(world, secret, "measures?unit=guard", at=WEEK).status_code == 403
    assert "保安公司" not in ask(world, secret, "measures?by=unit", at=WEEK).get_data(as_text=True)
    assert "保安公司" in ask(world, _whole(world), "measures?by=unit", at=WEEK).get_data(as_text=True)


def test_mt31_mt33_mt3a_given_few_cases_when_read_then_share_interval_and_what_is_not_known_stand_beside(world):
    rows = rows_by_key(world, _whole(world), "measures?month=2026-11&unit=clean", WEEK)

    on_time, scan, handover, times = (rows[name] for name in ("on_time", "scan", "handover", "usage"))
    assert (on_time["rule"], on_time["numerator"], on_time["denominator"]) == ("MT-10", 2, 4)
    assert on_time["share"] == 0.5
    assert on_time["interval"] == pytest.approx([0.150, 0.850], abs=0.001)
    assert (on_time["not_known"], scan["not_known"]) == (1, None)
    assert (handover["denominator"], handover["share"], handover["interval"]) == (0, None, None)
    assert (times["rule"], times["numerator"], times["denominator"], times["share"]) == ("MT-24", 2, None, None)
    assert (on_time["key"], on_time["name"]) == ("clean", "单位clean")


@pytest.mark.parametrize(
    ("language", "begins", "title"), [("zh", "在规定时段", "准时率"), ("en", "Windows done within", "On-time rate")]
)
def test_given_a_language_when_read_then_each_measure_carries_its_definition_in_it(world, language, begins, title):
    rows = rows_by_key(world, _whole(world), "measures", WEEK - DAY, **{"Accept-Language": language})

    assert all(row["definition"] for row in rows.values())
    assert rows["on_time"]["title"] == title
    assert rows["on_time"]["definition"].startswith(begins)


@pytest.mark.parametrize("path", ["measures", "measures?unit=clean", "measures?by=unit", "measures?by=person"])
def test_given_measures_when_read_then_each_row_is_as_the_document_says(world, path):
    made = world.test_client().get("/api/data/v1/openapi.json").json["components"]["schemas"]["measures"]

    rows = ask(world, _whole(world), path, at=WEEK - DAY).json["rows"]

    assert rows
    validator = Draft202012Validator({"type": "array", "items": made}, format_checker=FormatChecker())
    validator.validate(rows)
    assert not validator.is_valid([rows[0] | {"measure": "unheard"}])
    assert not validator.is_valid([rows[0] | {"interval": [0.2]}])


def test_given_the_document_and_the_dictionary_when_read_then_they_say_what_each_measure_means(world):
    client = world.test_client()
    made = client.get("/api/data/v1/openapi.json", headers={"Accept-Language": "en"}).json
    client.sign_in("adm")
    text = client.get("/data/dictionary", headers={"Accept-Language": "en"}).get_data(as_text=True)

    schemas = made["components"]["schemas"]
    told = {each["const"]: each for each in schemas["measures"]["properties"]["measure"]["oneOf"]}
    assert set(told) == {each.key for each in NAMED}
    assert told["scope_points"]["description"].startswith("Points at which something was done")
    assert "of all windows due" in schemas["figures"]["properties"]["on_time_percent"]["description"]
    assert "figures:read" in made["paths"]["/api/data/v1/measures"]["get"]["description"]
    for each in NAMED:
        assert f"<code>{each.key}</code>" in text


def test_given_measures_by_point_when_read_page_by_page_then_each_comes_once(world):
    secret = _whole(world)
    with world.app_context():
        make.point("p2", "9H83JHK10S")
        make.occurrence("p2", "D1", NOW - DAY, state="missed")
    whole = ask(world, secret, "measures?month=2026-11&by=point", at=WEEK).json["rows"]

    pages, path = [], "measures?month=2026-11&by=point&limit=3"
    while path:
        answer = ask(world, secret, path.removeprefix("/api/data/v1/"), at=WEEK).json
        pages.append(answer["rows"])
        path = answer["next"]

    assert [row for page in pages for row in page] == whole
    assert [(row["key"], row["measure"]) for row in whole][:6] == [
        *(("p1", name) for name in ("on_time", "completion", "key", "photo", "conformity")), ("p2", "on_time")
    ]  # fmt: skip


def test_nc15_given_measures_by_person_when_read_then_they_need_the_scope_and_leave_out_how_places_are(world):
    with world.app_context():
        poor, rich = key(("figures:read",)), key(("figures:read", PEOPLE))

    rows = ask(world, rich, "measures?month=2026-11&by=person", at=WEEK).json["rows"]

    assert ask(world, poor, "measures?by=person", at=WEEK).json["scope"] == PEOPLE
    assert {row["name"] for row in rows} == {"人员ann", "人员gus"}
    assert "conformity" not in {row["measure"] for row in rows}


def test_given_a_month_without_windows_when_read_then_there_are_no_rows_as_on_the_page(world):
    assert ask(world, _whole(world), "measures?month=2025-11", at=WEEK).json["rows"] == []


def test_mt33_given_figures_by_unit_when_read_then_the_interval_stands_beside_the_rate_of_few_cases(world):
    rows = ask(world, _whole(world), "figures?month=2026-11", at=WEEK).json["rows"]

    (clean,) = [row for row in rows if row["key"] == "clean"]
    assert clean["on_time_interval"] == pytest.approx([0.150, 0.850], abs=0.001)
    assert (clean["handover_interval"], clean["conformity_interval"]) == (None, None)


def test_given_a_row_that_a_set_does_not_have_when_asked_for_then_the_sentence_names_those_it_has(world):
    secret = _whole(world)

    assert ask(world, secret, "figures?by=all", at=WEEK).json["fields"]["by"].endswith("unit, point, standard, person")
    assert (
        ask(world, secret, "measures?by=x", at=WEEK).json["fields"]["by"].endswith("all, unit, point, standard, person")
    )
    assert ask(world, secret, "measures?from=2026-11-01", at=WEEK).status_code == 422


def test_given_the_month_of_the_whole_site_when_read_then_few_queries_are_made(world):
    secret = _whole(world)
    ask(world, secret, "measures?month=2026-11", at=WEEK)

    with queries_counted() as made:
        ask(world, secret, "measures?month=2026-11", at=WEEK)

    assert len(made) <= 20, "\n".join(made)
