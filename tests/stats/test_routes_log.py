"""The daily log as each role sees it: board, list, files, closing the day."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from sqlalchemy import func, select, update

from app import clock
from app.db import atomically, db, rows, run, scalar
from app.flags.models import FlagState
from app.nonconformities.rules import FindingSource
from app.schedule.models import Occurrence, OccurrenceEvent
from app.stats.forms import LOG_VIEWS
from app.stats.models import DayClosing
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.counting import queries_counted
from tests.support.findings import found as put_finding
from tests.support.flagging import put_flag
from tests.support.readers import body, readers, signed_in
from tests.support.world import filled, pictured, reported

HOUR = timedelta(hours=1)


@pytest.fixture
def at_now():
    with clock.at(NOW):
        yield


@pytest.fixture
def world(app, at_now):
    """A window of each kind on the day of the tests, at a point of the contractor under the section care."""
    with app.app_context():
        make.small_world()
        readers()
        make.point("p2", "0000000001", name="一层女卫生间")
        filled("p1", "B1", NOW - HOUR, state="in_window", steps_pass=5)
        filled("p2", "B1", NOW - HOUR, state="in_grace", steps_pass=4, steps_fail=1, short_visit=True)
        make.occurrence("p2", "B2", NOW - 2 * HOUR, state="missed")
        reported("p2", "B3", NOW - HOUR)
    return app


@pytest.mark.parametrize("person_id", ["sue", "ivy", "leo", "meg", "lea"])
def test_given_who_reads_the_log_when_opened_then_the_windows_of_the_scope_stand_there(world, person_id):
    text = body(signed_in(world, person_id), "/log?day=2026-11-23")

    assert "一层男卫生间" in text or "一层女卫生间" in text


def test_given_a_phone_when_the_log_is_opened_then_it_is_spared_the_board_until_it_asks(world):
    client = signed_in(world, "sue")
    client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36"

    at_first = body(client, "/log?day=2026-11-23")

    assert 'class="log-list"' in at_first
    assert 'class="board' not in at_first
    assert 'class="board' in body(client, "/log?day=2026-11-23&view=board")


def test_given_a_finding_about_no_point_when_the_log_is_opened_then_it_is_counted_as_on_the_board(world):
    with world.app_context():
        put_finding(text="拖把未分开存放")
        put_finding(source=FindingSource.SUPERVISION, text="台账缺页", point_id=None, standard_code=None)
    client = signed_in(world, "sue")

    log, board = body(client, "/log?day=2026-11-23&view=findings"), body(client, "/nonconformities")

    assert "拖把未分开存放" in log
    assert re.search(r"<strong[^>]*>\S+</strong><br><span lang=\"zh-CN\">台账缺页", log)
    assert re.search(r"未办结整改</span>\s*<strong[^>]*>2<", log)
    assert "未了结 2 项" in board
    assert "台账缺页" not in body(client, "/log?day=2026-11-23&view=findings&building=b1")


@pytest.mark.parametrize("person_id", ["ann", "adm"])
def test_given_a_role_without_records_when_the_log_is_opened_then_it_is_refused(world, person_id):
    client = signed_in(world, person_id)

    assert {client.get(path).status_code for path in ("/log", "/log.csv", "/log.xlsx")} == {403}


def test_given_a_foreign_section_when_the_log_is_opened_then_nothing_of_others_is_shown(world):
    text = body(signed_in(world, "sam"), "/log?day=2026-11-23")

    assert "一层女卫生间" not in text


def test_given_nobody_signed_in_when_the_log_is_opened_then_sign_in_comes_first(world):
    assert world.test_client().get("/log").status_code in (302, 303, 401)


def test_given_every_face_of_the_log_when_opened_then_the_page_holds(world):
    client = signed_in(world, "sue")

    for view in LOG_VIEWS:
        assert "2026-11-23" in body(client, f"/log?day=2026-11-23&view={view}"), view


def test_given_the_list_when_read_then_the_missed_one_stands_before_the_done_one(world):
    text = body(signed_in(world, "sue"), "/log?day=2026-11-23&view=list")

    main = text[text.index('<ol class="log-list">') :]
    assert main.index("漏做") < main.index("有不符合项") < main.index("按时达标")


def test_given_a_state_filter_when_shown_then_only_those_windows_stand_there(world):
    text = body(signed_in(world, "sue"), "/log?day=2026-11-23&view=list&state=missed")

    assert text.count('<a class="whole"') == 1


def test_given_nonsense_in_the_address_when_opened_then_a_page_answers(world):
    client = signed_in(world, "sue")

    for query in ("day=nonsense&view=x&page=-3", "day=9999-12-31", "state=%27%3B--&unit=%3Cb%3E", "page=99999999"):
        body(client, f"/log?{query}")


def test_given_the_log_when_opened_again_then_few_queries_are_made(world):
    client = signed_in(world, "sue")
    body(client, "/log?day=2026-11-23")

    with queries_counted() as made:
        body(client, "/log?day=2026-11-23")

    assert len(made) <= 12, "\n".join(made)


def test_given_a_record_that_the_rules_ask_about_when_the_log_is_opened_then_it_is_marked_until_somebody_judges(world):
    with world.app_context():
        asked = put_flag(scalar(select(func.min(Occurrence.check_id))), "burst")
    client = signed_in(world, "sue")
    with queries_counted() as made:
        before = body(client, "/log?day=2026-11-23&view=list")

    with world.app_context():
        atomically(lambda: run(update(FlagState).where(FlagState.flag_id == asked).values(state="lifted")))
    after = body(client, "/log?day=2026-11-23&view=list")

    assert before.count("待说明</span>") - after.count("待说明</span>") == 2
    assert 'href="/flags?day=2026-11-23"' in before
    assert len(made) <= 12
    assert 'href="/flags?day=2026-11-23"' not in body(signed_in(world, "meg"), "/log?day=2026-11-23")


def test_given_the_csv_when_opened_then_it_has_the_mark_the_filter_and_no_formulas(world):
    with world.app_context():
        atomically(lambda: run(update(Occurrence).where(Occurrence.state == "missed").values(label="=1+1")))
    client = signed_in(world, "sue")

    response = client.get("/log.csv?day=2026-11-23&state=missed")

    text = response.get_data().decode()
    assert text.startswith("\ufeff")
    assert len(text.strip().splitlines()) == 3
    assert "人员sue（sue）" in text.strip().splitlines()[-1]
    assert ",'=1+1," in text
    assert "log-2026-11-23.csv" in response.headers["Content-Disposition"]


def test_given_the_workbook_when_opened_then_every_window_is_a_row_and_texts_stay_texts(world):
    with world.app_context():
        atomically(lambda: run(update(Occurrence).where(Occurrence.state == "missed").values(label="=1+1")))

    response = signed_in(world, "sue").get("/log.xlsx?day=2026-11-23")

    sheet = openpyxl.load_workbook(io.BytesIO(response.get_data())).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert sheet.max_row == 1 + 5
    assert [cell.data_type for cell in cells] == ["s"]


def test_given_a_window_without_a_record_when_opened_then_its_page_says_what_it_is(world):
    client = signed_in(world, "sue")
    with world.app_context():
        missed = db.session.scalar(select(Occurrence.id).where(Occurrence.state == "missed"))

    assert "漏做" in body(client, f"/log/windows/{missed}")
    assert signed_in(world, "sam").get(f"/log/windows/{missed}").status_code == 404
    assert client.get("/log/windows/999999").status_code == 404


def closings(world):
    with world.app_context():
        return [
            tuple(row) for row in rows(select(DayClosing.org_id, DayClosing.day, DayClosing.by_name, DayClosing.remark))
        ]


def test_given_a_supervisor_when_the_day_is_closed_then_name_and_remark_stand_there_and_it_can_be_closed_again(world):
    client = signed_in(world, "sue")

    answer = client.send("/log/closing", {"day": "2026-11-23", "remark": "已核对"}, page="/log")
    client.send("/log/closing", {"day": "2026-11-23", "remark": "补充一条"}, page="/log")

    text = body(client, "/log?day=2026-11-23")
    assert answer.status_code == 303
    assert closings(world) == [
        ("care", date(2026, 11, 23), "人员sue", "已核对"),
        ("care", date(2026, 11, 23), "人员sue", "补充一条"),
    ]
    assert text.index("补充一条") < text.index("已核对")


@pytest.mark.parametrize("person_id", ["ivy", "meg", "lea", "ann", "leo"])
def test_given_another_role_when_the_day_is_closed_then_it_is_refused_and_nothing_is_kept(world, person_id):
    client = signed_in(world, person_id)
    token = client.token("/me")

    assert client.post("/log/closing", data={"csrf_token": token, "day": "2026-11-23"}).status_code == 403
    assert closings(world) == []


@pytest.mark.parametrize("form", [{"day": "2026-11-24"}, {"day": "2026-11-23", "remark": "长" * 1001}])
def test_given_a_day_to_come_or_an_endless_remark_when_closed_then_it_is_refused(world, form):
    client = signed_in(world, "sue")

    assert client.send("/log/closing", form, page="/log").status_code == 422
    assert closings(world) == []


def test_given_no_token_when_the_day_is_closed_then_it_is_refused(world):
    client = signed_in(world, "sue")

    assert client.post("/log/closing", data={"day": "2026-11-23"}).status_code == 403 or closings(world) == []
    with world.app_context():
        assert db.session.scalar(select(func.count()).select_from(DayClosing)) == 0


def test_given_photos_of_the_day_when_the_wall_is_opened_then_they_stand_by_step_with_the_verdicts(world):
    with world.app_context():
        check_id = filled("p1", "P1", NOW - HOUR, photos_due=1, photos_sent=1, photos_valid=1)
        pictured(check_id, "S01")
    view = "/log?day=2026-11-23&view=photos"

    mine = body(signed_in(world, "sue"), view)
    theirs = body(signed_in(world, "leo"), view)

    assert "步骤S01" in mine
    assert mine.count('class="no-reference"') == 1
    assert mine.count('name="verdict" value="ok"') == mine.count('name="verdict" value="retake"') == 1
    assert 'name="verdict"' not in theirs
    assert f"/photos/{'a' * 64}/thumb" in theirs


def test_given_the_history_of_a_window_when_opened_then_it_is_told_in_words(world):
    with world.app_context():
        number = make.occurrence("p1", "E1", NOW - HOUR, state="missed", claimed_by_id="ann")
        make.kept(OccurrenceEvent, occurrence_id=number, kind="claimed", by_id="ann", at=NOW)
        make.kept(OccurrenceEvent, occurrence_id=number, kind="missed", by_id=None, at=NOW)

    text = body(signed_in(world, "sue"), f"/log/windows/{number}")

    assert "已认领" in text
    assert "人员ann" in text
