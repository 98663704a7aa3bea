"""Pages and deeds of contractors: works, needs the role, refuses strangers and bad input, survives a retry."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.contractors.models import Contract, ContractorFile, Dispute, Ruling
from app.contractors.rules import WEIGHTS
from app.db import atomically, run
from app.nonconformities.models import Finding
from tests.support import builders
from tests.support.builders import NOW
from tests.support.findings import found
from tests.support.grading import ruled
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import counts, page, send

HERE = "/contractors/clean"
FILE = {"name": "示例洁净", "address": "一号", "price": "面议"}
CONTRACT = {
    "number": "HT-1", "from_on": "2026-01-01", "to_on": "2026-12-31", "standards": "JGSW05003.01", "scope": "保洁",
    "level.on_time": "95", "level.closed": "90", "repairs": "",
}  # fmt: skip
NOTHING_WEIGHS = {f"weight.{name}": "0" for name in WEIGHTS}


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        builders.person("max", "contractor_manager", "clean")
        builders.person("mia", "contractor_manager", "other")
        builders.person("stan", "standards", "bureau")
        builders.person("tom", "supervisor", "other")
        builders.org("rival", "/bureau/other/", "contractor")
        own = {"assignee_id": "ann", "round_id": "r-ann"}
        builders.occurrence("p1", "A0", NOW - timedelta(hours=6), state="missed", **own)
        builders.occurrence("p1", "A1", NOW - timedelta(hours=3), **own)
    return app


def missed_id(app):
    with app.app_context():
        from app.schedule.models import Occurrence

        return next(str(row.id) for row in rows_of(Occurrence) if row.state == "missed")


def contracted(app):
    assert send(signed_in(app, "sue"), f"{HERE}/contract", CONTRACT).status_code == 303


def objection(app, **keys):
    given = {"id": str(uuid.uuid4()), "month": "2026-11", "kind": "missed", "target": missed_id(app)}
    return given | {"reason": "当日封闭"} | keys


def test_ct6_given_a_file_when_kept_twice_then_one_row_is_added_and_what_is_missing_is_named(site):
    client = signed_in(site, "sue")

    assert send(client, f"{HERE}/file", FILE).status_code == 303
    assert send(client, f"{HERE}/file", FILE).status_code == 303

    with site.app_context():
        [row] = rows_of(ContractorFile)
    assert (row.org_id, row.entries, row.by_id) == ("clean", FILE, "sue")
    assert "缺 7 项" in page(client, HERE) and "缺 7 项" in page(client, "/contractors")


def test_ct2_given_a_contract_when_kept_then_its_levels_stand_beside_what_was_reached(site):
    contracted(site)
    contracted(site)

    with site.app_context():
        [row] = rows_of(Contract)
    assert (row.standards, row.levels, row.repairs) == (["JGSW05003.01"], {"on_time": 95.0, "closed": 90.0}, False)
    text = page(signed_in(site, "max"), HERE)
    assert "HT-1" in text and "0/2" in text and "95%" in text


def test_ct8_given_the_contract_of_next_year_when_entered_then_this_month_stays_with_its_own(site):
    contracted(site)
    with site.app_context():
        found(found_by_id="sue")
    before = page(signed_in(site, "max"), HERE)
    following = CONTRACT | {"number": "HT-2", "from_on": "2027-01-01", "to_on": "2027-12-31"}

    assert send(signed_in(site, "sue"), f"{HERE}/contract", following).status_code == 303

    text = page(signed_in(site, "max"), HERE)
    assert "0/2" in text and "HT-1" in text and text.count("申诉理由") == before.count("申诉理由") > 0
    assert "HT-2" in text and "2027-01-01 – 2027-12-31" in text
    assert send(signed_in(site, "max"), f"{HERE}/disputes", objection(site)).status_code == 303
    assert 'value="HT-2"' in page(signed_in(site, "sue"), f"{HERE}?contract=HT-2")
    assert 'value="HT-1"' in page(signed_in(site, "sue"), f"{HERE}?contract=HT-9")
    assert "HT-1" in page(signed_in(site, "sue"), "/contractors")


def test_given_a_contract_that_goes_on_under_its_number_when_the_earlier_days_are_opened_then_those_are_changed(site):
    client = signed_in(site, "sue")
    send(client, f"{HERE}/contract", CONTRACT | {"from_on": "2025-01-01", "to_on": "2025-12-31"})
    contracted(site)

    [link] = re.findall(r'href="([^"]+contract=HT-1[^"]*)"', page(client, HERE))

    text = page(client, html.unescape(link))
    assert 'value="2025-01-01"' in text and 'value="2026-01-01"' not in text


def test_given_a_contract_that_is_over_when_opened_then_it_is_shown_and_nothing_counts(site):
    over = CONTRACT | {"from_on": "2025-01-01", "to_on": "2025-12-31"}

    assert send(signed_in(site, "sue"), f"{HERE}/contract", over).status_code == 303

    text = page(signed_in(site, "max"), HERE)
    assert "HT-1" in text and "0/2" not in text and "申诉理由" not in text
    assert "2025-12-31" in page(signed_in(site, "sue"), "/contractors")


def test_ct7_given_weights_of_a_contract_when_kept_then_they_stand_with_their_sum_and_empty_ones_are_as_usual(site):
    form = CONTRACT | {"weight.on_time": "30", "weight.photo": "0", "weight.key": ""}
    assert send(signed_in(site, "sue"), f"{HERE}/contract", form).status_code == 303

    with site.app_context():
        [row] = rows_of(Contract)
    assert row.weights == {"on_time": 30, "photo": 0}
    text = " ".join(page(signed_in(site, "sue"), HERE).split())
    assert "合计 105" in text
    assert 'name="weight.photo" type="text" value="0"' in text
    contracted(site)
    assert "合计 100" in page(signed_in(site, "max"), HERE)


def test_given_the_manager_when_the_own_page_opens_then_who_has_not_turned_up_and_what_counts_stand_there(site):
    contracted(site)
    with site.app_context():
        finding_id = found(found_by_id="sue")
        late = update(Finding).where(Finding.id == finding_id).values(due_at=NOW - timedelta(hours=1))
        atomically(lambda: run(late))

    text = page(signed_in(site, "max"), "/contractors/clean")

    assert "人员ann" in text and "2 项任务已过时" in text
    assert "已超时限" in text and "申诉截至 2026-12-05" in text


def test_given_somebody_who_has_done_something_today_when_looked_for_then_nobody_is_absent(site):
    with site.app_context():
        builders.occurrence(
            "p1", "A9", NOW - timedelta(hours=2), state="in_window", assignee_id="ann", done_by_id="ann"
        )

    assert "应到人员均已开始作业" in page(signed_in(site, "max"), HERE)


def test_ct9_given_another_company_when_its_manager_looks_then_there_is_no_such_contractor(site):
    page(signed_in(site, "mia"), HERE, 404)
    page(signed_in(site, "tom"), HERE, 404)
    page(signed_in(site, "ann"), HERE, 403)
    page(signed_in(site, "stan"), "/contractors/nowhere", 404)
    assert "rival" not in page(signed_in(site, "sue"), "/contractors")
    assert signed_in(site, "max").get("/contractors").location == "/contractors/clean"


@pytest.mark.parametrize(
    ("who", "path", "form", "status"),
    [
        ("sue", "file", {"name": ""}, 422), ("sue", "file", {"name": "长" * 501}, 422), ("tom", "file", FILE, 404),
        ("max", "file", FILE, 403), ("ann", "file", FILE, 403),
        ("sue", "contract", CONTRACT | {"number": ""}, 422), ("sue", "contract", CONTRACT | {"number": "1" * 61}, 422),
        ("sue", "contract", CONTRACT | {"from_on": "bald"}, 422),
        ("sue", "contract", CONTRACT | {"to_on": "2025-12-31"}, 422),
        ("sue", "contract", {key: value for key, value in CONTRACT.items() if key != "standards"}, 422),
        ("sue", "contract", CONTRACT | {"standards": "JGSW09999.01"}, 422),
        ("sue", "contract", CONTRACT | {"level.on_time": "101"}, 422),
        ("sue", "contract", CONTRACT | {"level.on_time": "NaN"}, 422),
        ("sue", "contract", CONTRACT | {"level.on_time": "viel"}, 422),
        ("sue", "contract", CONTRACT | {"scope": "长" * 1001}, 422),
        ("sue", "contract", CONTRACT | {"weight.key": "101"}, 422),
        ("sue", "contract", CONTRACT | {"weight.key": "1.5"}, 422),
        ("sue", "contract", CONTRACT | {"weight.key": "-1"}, 422),
        ("sue", "contract", CONTRACT | NOTHING_WEIGHS, 422),
        ("tom", "contract", CONTRACT, 404), ("max", "contract", CONTRACT, 403),
    ],
)  # fmt: skip
def test_given_odd_input_or_a_stranger_when_kept_then_nothing_changes(site, who, path, form, status):
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, f"{HERE}/{path}", form).status_code == status
    assert counts(site) == before


def test_given_a_flag_when_disputed_and_upheld_then_it_no_longer_counts(site):
    contracted(site)
    client, form = signed_in(site, "max"), objection(site)
    assert "申诉理由" in page(client, HERE)

    assert send(client, f"{HERE}/disputes", form).status_code == 303
    assert send(client, f"{HERE}/disputes", form).status_code == 303
    assert send(client, f"{HERE}/disputes", objection(site)).status_code == 303
    with site.app_context():
        [row] = rows_of(Dispute)
    assert (row.org_id, row.kind, row.reason, row.by_id) == ("clean", "missed", "当日封闭", "max")

    ruling = {"decision": "upheld", "reason": "门禁属实"}
    office = signed_in(site, "sue")
    assert send(office, f"/contractors/disputes/{row.id}", ruling).status_code == 303
    assert send(office, f"/contractors/disputes/{row.id}", ruling).status_code == 303
    assert send(office, f"/contractors/disputes/{row.id}", ruling | {"decision": "refused"}).status_code == 409

    with site.app_context():
        assert [(each.upheld, each.by_id) for each in rows_of(Ruling)] == [(True, "sue")]
    text = page(client, HERE)
    assert "不计入" in text and "门禁属实" in text
    assert "0/1" in text and "0/2" not in text


def test_ct8_given_an_upheld_finding_when_its_limit_passes_then_it_leaves_closed_in_time_and_open_items(site):
    contracted(site)
    with site.app_context():
        finding_id, other = found(found_by_id="sue"), found(found_by_id="sue", step_id="S02")
        late = update(Finding).values(due_at=NOW - timedelta(hours=1))
        atomically(lambda: run(late))
    before = page(signed_in(site, "max"), HERE)
    with site.app_context():
        ruled("finding", finding_id)
        ruled("finding", other, upheld=False)

    text = page(signed_in(site, "max"), HERE)

    assert "0/2</a>" in before and "0/2</a>" not in text
    assert text.count("0/1</a>") == 1


@pytest.mark.parametrize(
    ("who", "keys", "status"),
    [
        ("max", {"reason": ""}, 422), ("max", {"reason": "长" * 501}, 422), ("max", {"month": "x"}, 422),
        ("max", {"id": "x"}, 422), ("max", {"target": "99999"}, 404), ("max", {"kind": "finding"}, 404),
        ("max", {"month": "2026-10"}, 409), ("max", {"month": "2026-12"}, 409), ("mia", {}, 404), ("sue", {}, 403),
        ("ann", {}, 403),
    ],
)  # fmt: skip
def test_given_an_odd_or_late_dispute_when_sent_then_it_is_refused(site, who, keys, status):
    contracted(site)
    client, form = signed_in(site, who), objection(site, **keys)
    before = counts(site)

    assert send(client, f"{HERE}/disputes", form).status_code == status
    assert counts(site) == before


@pytest.mark.parametrize(
    ("who", "form", "status"),
    [
        ("sue", {"decision": "upheld", "reason": ""}, 422), ("sue", {"decision": "maybe", "reason": "x"}, 422),
        ("tom", {"decision": "upheld", "reason": "x"}, 404), ("max", {"decision": "upheld", "reason": "x"}, 403),
    ],
)  # fmt: skip
def test_given_an_odd_ruling_or_a_stranger_when_decided_then_it_is_refused(site, who, form, status):
    contracted(site)
    given = objection(site)
    send(signed_in(site, "max"), f"{HERE}/disputes", given)
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, f"/contractors/disputes/{given['id']}", form).status_code == status
    assert (
        send(
            signed_in(site, "sue"), f"/contractors/disputes/{uuid.uuid4()}", {"decision": "upheld", "reason": "x"}
        ).status_code
        == 404
    )
    assert counts(site) | {"sign_ins": 0} == before | {"sign_ins": 0}


def test_given_no_contract_when_disputed_then_nothing_counts(site):
    assert send(signed_in(site, "max"), f"{HERE}/disputes", objection(site)).status_code == 409


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "1999-12", "2031-13", "x", "２０２６-11"])
def test_given_a_month_of_no_contract_when_the_page_is_opened_then_it_shows_the_running_one(site, month):
    answer = signed_in(site, "sue").get(f"{HERE}?month={month}")

    assert answer.status_code == 200
