"""The office: readiness, funnel, settings, and the ledger with its workbook (rules TR-5, TR-7, TR-8)."""

import io
import uuid

import openpyxl
import pytest

from app.training.models import LedgerEntry, TrainingSetting
from tests.support import lessons
from tests.support.lessons import NUMBER
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import counts, page, send

SETTINGS = {"newcomer_days": "7", "remind_days": "40", "enforced_from": "2026-12-01"}


def entry(**keys):
    given = {"id": str(uuid.uuid4()), "kind": "drill", "way": "full_time", "title": "疏散演练", "org": "clean"}
    given |= {"on": "2026-11-20", "expected": "20", "present": "18", "minutes": "40", "edition": NUMBER}
    return given | {"place": "一楼", "led_by": "班长", "note": "=1+1", "replaces": ""} | keys


@pytest.fixture
def site(app):
    with app.app_context():
        lessons.world()
        lessons.learned("ben")
    return app


def test_tr5_given_one_of_the_round_unqualified_when_the_office_looks_then_readiness_names_them(site):
    client = signed_in(site, "stan")

    text = page(client, "/training/overview")

    assert "0/1" in text and "人员ann" in text and "卫生间日常保洁" in text
    names = page(client, f"/training/editions/{NUMBER}")
    assert "人员ben" in names and "标准未发放" in names and "在岗 1 人中 0 人合格" in names


def test_given_a_foreign_unit_when_its_leader_of_people_looks_then_only_own_people_stand_there(site):
    assert "人员ann" in page(signed_in(site, "max"), "/training/overview")
    assert page(signed_in(site, "ann"), "/training/overview", 403)
    page(signed_in(site, "stan"), "/training/editions/JGSW09999.01-2026", 404)


def test_given_each_role_when_training_is_opened_then_it_begins_where_the_role_works(site):
    def way(who):
        answer = signed_in(site, who).get("/training")
        return answer.location if answer.status_code == 303 else answer.status_code

    assert [way(who) for who in ("ann", "lea", "sue", "stan", "max")] == [
        200, "/training/crew", "/training/overview", "/training/overview", "/training/overview",
    ]  # fmt: skip


def test_given_settings_when_kept_twice_then_one_row_is_added_and_an_empty_day_ends_the_demand(site):
    client = signed_in(site, "stan")

    assert send(client, "/training/settings", SETTINGS).status_code == 303
    send(client, "/training/settings", SETTINGS)
    send(client, "/training/settings", SETTINGS | {"enforced_from": ""})

    with site.app_context():
        rows = [
            (row.newcomer_days, row.remind_days, str(row.enforced_from), row.by_id) for row in rows_of(TrainingSetting)
        ]
    assert rows == [(7, 40, "2026-12-01", "stan"), (7, 40, "None", "stan")]


@pytest.mark.parametrize(
    ("who", "wrong", "status"),
    [
        ("stan", {"newcomer_days": "91"}, 422), ("stan", {"newcomer_days": "-1"}, 422),
        ("stan", {"newcomer_days": ""}, 422),
        ("stan", {"remind_days": "181"}, 422), ("stan", {"enforced_from": "bald"}, 422),
        ("sue", {}, 403), ("ann", {}, 403),
    ],
)  # fmt: skip
def test_given_odd_settings_or_a_stranger_when_kept_then_nothing_changes(site, who, wrong, status):
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, "/training/settings", SETTINGS | wrong).status_code == status
    assert counts(site) == before


def test_tr8_given_a_drill_when_entered_corrected_and_exported_then_the_last_word_counts(site):
    client, first = signed_in(site, "lea"), entry()
    assert send(client, "/training/ledger", first).status_code == 303
    assert send(client, "/training/ledger", first).status_code == 303

    fixed = entry(present="19", replaces=first["id"])
    assert "18" in page(client, f"/training/ledger?correct={first['id']}")
    assert send(client, "/training/ledger", fixed).status_code == 303
    assert send(client, "/training/ledger", entry(replaces=first["id"])).status_code == 409

    with site.app_context():
        assert len(rows_of(LedgerEntry)) == 2
    assert "19 / 20" in page(client, "/training/ledger") and "18 / 20" not in page(client, "/training/ledger")
    answer = signed_in(site, "stan").get("/training/ledger.xlsx?year=2026&purpose=training")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == (
        "2026-11-20", "演练", "脱产", "疏散演练", NUMBER, "单位clean", "一楼", "班长", 20, 19, 40, "=1+1", "人员lea",
    )  # fmt: skip
    assert [cell.data_type for cell in sheet[2]][11] == "s" and len(rows) == 2


@pytest.mark.parametrize(
    ("who", "wrong", "status"),
    [
        ("lea", {"kind": "party"}, 422), ("lea", {"way": "x"}, 422), ("lea", {"title": ""}, 422),
        ("lea", {"title": "长" * 121}, 422), ("lea", {"org": ""}, 422), ("lea", {"org": "other"}, 422),
        ("lea", {"on": ""}, 422), ("lea", {"present": "-3"}, 422), ("lea", {"present": "100001"}, 422),
        ("lea", {"edition": "JGSW09999.01-2026"}, 422), ("lea", {"id": "x"}, 422), ("lea", {"replaces": "x"}, 422),
        ("lea", {"replaces": str(uuid.uuid4())}, 404), ("ann", {}, 403), ("max", {}, 403),
    ],
)  # fmt: skip
def test_given_odd_input_or_a_stranger_when_entered_then_nothing_is_kept(site, who, wrong, status):
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, "/training/ledger", entry(**wrong)).status_code == status
    assert counts(site) == before


def test_given_another_units_entry_when_corrected_then_there_is_none(site):
    kept = entry()
    send(signed_in(site, "lea"), "/training/ledger", kept)

    page(signed_in(site, "zoe"), f"/training/ledger?correct={kept['id']}", 404)
    assert send(signed_in(site, "zoe"), "/training/ledger", entry(org="other", replaces=kept["id"])).status_code == 404
    assert "疏散演练" not in page(signed_in(site, "zoe"), "/training/ledger")
