"""Files of a period: what is in them, whose they are, and what becomes of one that cannot be made."""

import csv
import io
import tracemalloc
import uuid
from contextlib import suppress
from datetime import timedelta

import openpyxl
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import update

from app import clock
from app.accounts.models import Person
from app.audit.queries import Search, lines
from app.data.actions_exports import Workshop, make, make_waiting
from app.data.models import DataExport, DataExportPart
from app.data.queries_exports import anything_to_do, export_by_id
from app.data.rules_exports import AT_ONCE, KEPT, MOST_OPEN, TAKEN
from app.data.rules_schema import cells_schema
from app.data.rules_sets import EXPORTED, SETS
from app.db import atomically, run
from app.refusals import Unavailable
from app.timer import run_due
from app.timer_jobs import JOBS
from tests.support import builders as make_up
from tests.support.data import many
from tests.support.databases import let_go, make_app, nothing
from tests.support.disks import filled, small_disk
from tests.support.findings import found
from tests.support.history import STEPS, checked
from tests.support.stored import rows_of

LATER = make_up.NOW + timedelta(hours=1)
MONTH = {"what": "records", "form": "csv", "from": "2026-11-01", "to": "2026-11-30", "purpose": "handover"}


def furnished(app):
    with app.app_context():
        make_up.small_world(*STEPS)
        make_up.person("lou", "leader", "bureau")
        make_up.person("max", "supervisor", "other")
        checked(app)
        found(text="=1+1")
    return app


@pytest.fixture
def world(app):
    return furnished(app)


def signed(app, who="sue"):
    client = app.test_client()
    with clock.at(make_up.NOW):
        client.sign_in(who)
    return client


def asked(client, at=make_up.NOW, **changed):
    """Ask for a file as the page does; gives back the answer and the key of the file."""
    key = str(uuid.uuid4())
    with clock.at(at):
        return client.send("/data", {"id": key, **MONTH, **changed}, page="/data"), key


def taken(client, key, at=make_up.NOW):
    with clock.at(at):
        return client.get(f"/data/files/{key}", buffered=True)


def cells_of(body):
    table = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    return table[0], table[1:-1], table[-1]


def work(app):
    return Workshop.of(app.extensions["settings"])


@pytest.mark.parametrize("what", EXPORTED)
def test_given_a_period_when_its_workbook_is_made_then_each_row_is_as_the_schema_says(world, what):
    client = signed(world)

    answer, key = asked(client, what=what, form="xlsx")
    body = taken(client, key)

    assert (answer.status_code, body.status_code) == (303, 200)
    book = openpyxl.load_workbook(io.BytesIO(body.get_data()))
    first, second = book.worksheets
    head, *rows = first.iter_rows(values_only=True)
    with world.test_request_context(headers={"Accept-Language": "zh"}):
        schema = Draft202012Validator(cells_schema(SETS[what]), format_checker=FormatChecker())
        titles = [str(field.title) for field in SETS[what].fields]
    assert list(head) == titles
    assert len(rows) == (2 if what == "answers" else 1)
    for row in rows:
        schema.validate(list(row))
    assert [cell.value for cell in second["B"]][1:] == list(SETS[what].names)
    assert (first.freeze_panes, first.auto_filter.ref is not None) == ("A2", True)
    assert "sue" in first.oddFooter.left.text
    assert "sue" in book.properties.description
    assert {cell.data_type for row in first.iter_rows(min_row=2) for cell in row} <= {"s", "n", "inlineStr"}


def test_given_texts_like_formulas_when_exported_then_they_stay_texts_in_both_forms(world):
    with world.app_context():
        many(1, note="=HYPERLINK(1)", late_reason="+8613", person_name="@家")
    client = signed(world)

    cells = {cell for row in cells_of(taken(client, asked(client)[1]).get_data())[1] for cell in row}
    _answer, key = asked(client, what="findings", form="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(taken(client, key).get_data())).worksheets[0]

    assert {"'=HYPERLINK(1)", "'+8613", "'@家"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    (formula,) = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value == "=1+1"]
    assert formula.data_type != "f"


def test_given_a_file_when_taken_then_it_names_who_when_and_what_for_and_the_log_has_both_deeds(world):
    client = signed(world)

    _answer, key = asked(client)
    file = taken(client, key)

    head, rows, mark = cells_of(file.get_data())
    number = file.headers["X-Export-Number"]
    assert (head[1], len(rows)) == ("回执号", 1)
    assert f"导出编号 {number}" in mark[0]
    assert all(word in mark[0] for word in ("人员sue", "2026-11-23 08:40", "移交或归档"))
    assert file.headers["Content-Disposition"] == f'attachment; filename="records-2026-11-01-2026-11-23-no{number}.csv"'
    assert int(file.headers["Content-Length"]) == len(file.get_data())
    with world.app_context():
        noted = {line.kind: line for line in lines(Search(who="sue"))}
    assert noted["export.file"].id == int(number)
    assert noted["export.file"].data["purpose"] == "移交或归档"
    assert noted["export.taken"].data == {"number": int(number)}


def test_given_somebody_else_s_file_when_asked_for_then_there_is_none(world):
    _answer, key = asked(signed(world))
    stranger = signed(world, "lou")

    assert taken(stranger, key).status_code == 404
    with clock.at(make_up.NOW):
        stranger.send(f"/data/files/{key}/remove", page="/data")
    with world.app_context():
        assert export_by_id(key) is not None


def test_given_a_reader_when_a_file_is_made_then_only_the_own_units_are_in_it(world):
    with world.app_context():
        many(4, org="other", responsible_id="other")

    counts = {}
    for who in ("sue", "max", "lou"):
        client = signed(world, who)
        counts[who] = len(cells_of(taken(client, asked(client)[1]).get_data())[1])
    client = signed(world)
    foreign = cells_of(taken(client, asked(client, unit="other")[1]).get_data())[1]

    assert counts == {"sue": 1, "max": 4, "lou": 5}
    assert foreign == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"purpose": "other", "purpose_words": " "}, "purpose"),
        ({"from": "2025-11-01"}, "to"),
        ({"to": "2026-10-31"}, "to"),
        ({"from": "x"}, "from"),
        ({"what": "people"}, "what"),
        ({"form": "pdf"}, "what"),
        ({"id": "x"}, "id"),
    ],
)
def test_given_a_form_that_does_not_hold_when_sent_then_the_page_says_where_and_nothing_is_kept(world, changed, field):
    answer, _key = asked(signed(world), **changed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)
    with world.app_context():
        assert rows_of(DataExport) == []


def test_given_a_form_sent_twice_when_looked_at_then_there_is_one_file_and_one_line_in_the_log(world):
    client = signed(world)
    _answer, key = asked(client)

    again, _key = asked(client, id=key)

    assert again.status_code == 303
    with world.app_context():
        assert len(rows_of(DataExport)) == 1
        assert len([line for line in lines(Search(who="sue")) if line.kind == "export.file"]) == 1


def big(world, client):
    """A file that is left to the timer."""
    with world.app_context():
        many(AT_ONCE)
    return asked(client)[1]


def test_given_a_long_file_when_asked_for_then_the_timer_makes_it_and_the_page_says_how_far_it_is(world):
    client = signed(world)
    key = big(world, client)

    with clock.at(make_up.NOW):
        before = client.get("/data").get_data(as_text=True)
        assert taken(client, key).status_code == 404
        run_due(world, [job for job in JOBS if job.name == "exports"])

    assert "data-waiting" in before
    assert len(cells_of(taken(client, key).get_data())[1]) == AT_ONCE + 1
    with world.app_context(), clock.at(make_up.NOW):
        assert not anything_to_do(clock.now())


def test_given_three_files_that_wait_when_a_fourth_is_asked_for_then_it_has_to_wait(world):
    client = signed(world)
    with world.app_context():
        many(AT_ONCE)

    answers = [asked(client)[0].status_code for _ in range(MOST_OPEN + 1)]

    assert answers == [303] * MOST_OPEN + [409]


def half_made(app, key, body=b"half"):
    """As a worker that was killed meanwhile leaves it."""
    begun = {"state": "running", "taken_by": "dead", "taken_until": make_up.NOW + TAKEN, "tries": 1, "rows_done": 1000}
    atomically(lambda: run(update(DataExport).where(DataExport.id == key).values(begun)))
    make_up.kept(DataExportPart, export_id=key, position=0, body=body)
    make_up.kept(DataExportPart, export_id=key, position=1, body=body)


def test_given_a_worker_killed_meanwhile_when_its_time_is_over_then_another_makes_the_file_anew(world):
    client = signed(world)
    key = big(world, client)
    with world.app_context():
        half_made(world, key)
        with clock.at(make_up.NOW + TAKEN - timedelta(seconds=1)):
            assert make_waiting(work(world)) == 0
            assert taken(client, key, clock.now()).status_code == 404
        with clock.at(make_up.NOW + TAKEN):
            assert make_waiting(work(world)) == 1

    body = taken(client, key, LATER).get_data()
    assert b"half" not in body
    assert len(cells_of(body)[1]) == AT_ONCE + 1


def test_given_a_file_that_kills_its_workers_when_taken_up_too_often_then_it_is_given_up_and_says_so(world):
    client = signed(world)
    key = big(world, client)
    with world.app_context():
        half_made(world, key)
        atomically(lambda: run(update(DataExport).values(tries=3)))
        with clock.at(LATER):
            make_waiting(work(world))

    with clock.at(LATER):
        page = client.get("/data").get_data(as_text=True)
    assert "三次中断" in page
    with world.app_context():
        assert rows_of(DataExportPart) == []


def test_given_a_file_when_its_day_is_over_then_it_is_gone_with_everything_of_it(world):
    client = signed(world)
    _answer, key = asked(client)

    with world.app_context(), clock.at(make_up.NOW + KEPT):
        make_waiting(work(world))
        assert (rows_of(DataExport), rows_of(DataExportPart)) == ([], [])
    assert taken(client, key).status_code == 404


def test_given_a_file_that_waits_when_its_owner_stops_it_then_nobody_makes_it(world):
    client = signed(world)
    key = big(world, client)

    with clock.at(make_up.NOW):
        client.send(f"/data/files/{key}/remove", page="/data")
        client.send(f"/data/files/{key}/remove", page="/data")
        with world.app_context():
            assert make_waiting(work(world)) == 0
            assert not make(key, work(world))


def test_given_an_account_that_is_gone_when_its_file_is_made_then_there_is_none_and_it_says_so(world):
    client = signed(world)
    key = big(world, client)
    with world.app_context():
        atomically(lambda: run(update(Person).where(Person.id == "sue").values(active=False)))
        with clock.at(make_up.NOW):
            make_waiting(work(world))
        assert export_by_id(key).fault == "gone"


def test_given_more_rows_when_made_then_no_more_memory_is_taken(world):
    client, peaks = signed(world, "lou"), []
    for count in (3000, 9000):
        with world.app_context():
            many(count, start=10_000 * (len(peaks) + 1))
        _answer, key = asked(client, form="xlsx", **{"from": "2026-01-01"})
        with world.app_context(), clock.at(make_up.NOW):
            tracemalloc.start()
            assert make(key, work(world))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.5
    assert peaks[1] < 40_000_000


@pytest.fixture
def on_small_disk(templates, tmp_path):
    """An application whose database and scratch files share a disk of 24 MB."""
    with (
        small_disk(tmp_path, kilobytes=24_000) as (folder, _too_much),
        templates.copy("sqlite", "bare", nothing, folder / "instance") as url,
    ):
        app = furnished(make_app(url, folder / "instance"))
        yield app, folder
        let_go(app)


@pytest.mark.parametrize("leave", [0, 700])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_given_a_full_disk_when_a_file_is_made_then_nothing_half_is_left_and_it_says_so(on_small_disk, form, leave):
    app, folder = on_small_disk
    with app.app_context():
        many(AT_ONCE)
    client = signed(app)
    _answer, key = asked(client, form=form)

    with app.app_context(), clock.at(make_up.NOW):
        # The database itself may have no room for the answer; the timer comes again.
        with filled(folder, leave=leave), suppress(Unavailable):
            make_waiting(work(app))
        assert list((folder / "instance" / "exports").glob("making-*")) == []
        assert rows_of(DataExportPart) == []
    with app.app_context(), clock.at(LATER):
        state, fault = export_by_id(key).state, export_by_id(key).fault
        assert (state, fault) == ("failed", "full") or (state in ("waiting", "running") and not fault)
        make_waiting(work(app))
    if state == "failed":
        with clock.at(LATER):
            assert "磁盘已满" in client.get("/data").get_data(as_text=True)
        return
    assert taken(client, key, LATER).status_code == 200
