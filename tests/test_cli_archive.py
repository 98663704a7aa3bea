"""`dabiao archive`: a month into a file that proves itself, opened again; removed here by two persons, still proven."""

import json
import shutil

import pytest

from app import clock
from app.chain.actions_verify import verify
from app.chain.queries_disposal import disposals
from app.checks.models import Answer, Check, Receipt
from app.cli_archive import archive
from app.photos.models import Photo
from tests.chain.test_correcting import corrected, decided, measured
from tests.support.archiving import LATER, MONTH, made, sealed, three_records, told
from tests.support.history import checked
from tests.support.protocol import ID
from tests.support.stored import rows_of


@pytest.fixture
def site(app):
    return three_records(app)


def decide(app, person, verdict="approve"):
    client = app.test_client()
    with app.app_context():
        (waiting,) = disposals(open_only=True)
    with clock.at(LATER):
        client.sign_in(person)
        return client.send(f"/privacy/retention/{waiting.id}/{verdict}", page="/privacy/retention")


def test_ds1_given_a_month_when_archived_and_two_persons_agree_then_it_is_gone_here_whole_there_and_the_chain_holds(
    site, tmp_path
):
    with site.app_context():
        check_id = rows_of(Check)[0].id
    file = made(site, tmp_path)
    told(site, "propose", file)
    first = decide(site, "std")
    with site.app_context():
        assert len(rows_of(Check)) == 3
    second = decide(site, "ldr")

    with site.app_context():
        left = [len(rows_of(table)) for table in (Check, Answer, Receipt, Photo)]
        outcome = verify(site.extensions["settings"].instance)
    shown = json.loads(told(site, "show", file, check_id, "--photos", tmp_path / "photos"))
    assert (first.status_code, second.status_code) == (303, 303)
    assert left == [0, 0, 0, 0]
    assert outcome.ok, outcome.faults
    assert outcome.disposed >= 4
    assert "3 records" in told(site, "check", file)
    assert len(told(site, "list", file).splitlines()) == 3
    assert {"checks", "receipts", "answers", "photos"} <= shown.keys()
    assert [row["unit"] for row in shown["answers"] if row["step_id"] == "S02"]
    assert len(list((tmp_path / "photos").iterdir())) == len(shown["photos"]) >= 1
    assert "no such record to remove" in refused(site, "propose", file)


def refused(app, *words):
    """The sentence of a refusal, as `dabiao` prints it."""
    with clock.at(LATER):
        done = app.test_cli_runner().invoke(archive, [str(word) for word in words])
    assert done.exit_code == 1
    return f"{done.output}{getattr(done.exception, 'sentence', '')}"


def test_given_a_list_that_waits_when_put_forward_again_then_it_is_named_until_somebody_puts_it_aside(site, tmp_path):
    file = made(site, tmp_path)
    told(site, "propose", file)

    again = refused(site, "propose", file)
    with site.app_context():
        (waiting,) = disposals(open_only=True)
    assert decide(site, "std", "aside").status_code == 303
    told(site, "propose", file)

    assert waiting.id in again
    with site.app_context():
        assert [each.items for each in disposals()] == [waiting.items] * 2


def test_given_a_record_that_came_later_when_put_forward_then_only_what_the_file_holds_is_on_the_list(site, tmp_path):
    file = made(site, tmp_path)
    with site.app_context():
        before = rows_of(Check)
        checked(site, 4)
    sealed(site)

    told(site, "propose", file)

    with site.app_context():
        (waiting,) = disposals(open_only=True)
        assert waiting.items == len(before) + 1


def test_given_a_correction_after_the_archive_was_made_when_put_forward_then_it_has_to_be_made_anew(app, tmp_path):
    measured(app)
    sealed(app)
    file = made(app, tmp_path)
    corrected(app)
    sealed(app)

    assert "make the archive anew" in refused(app, "propose", file)
    file.unlink()
    told(app, "propose", made(app, tmp_path))


def test_given_a_correction_and_its_decision_when_a_record_is_shown_then_both_are_there_and_nothing_of_others(
    app, tmp_path
):
    measured(app)
    corrected(app, said="9.5")
    decided(app, "sam", "refuse", reason="表没坏")
    sealed(app)

    file = made(app, tmp_path)

    shown = json.loads(told(app, "show", file, ID))
    assert [row["now"] for row in shown["corrections"]] == ["9.5"]
    assert [(row["stands"], row["reason"]) for row in shown["correction_decisions"]] == [(0, "表没坏")]
    assert {row["check_id"] for row in shown["answers"]} == {ID}
    assert "no such record" in told(app, "show", file, "ann", code=1)


def test_given_a_record_under_an_open_finding_when_the_month_is_made_then_it_stays_out_and_is_counted(app, tmp_path):
    measured(app, value=58)
    sealed(app)

    said = told(app, "make", MONTH, tmp_path)

    assert "0 records" in said and "1 stay out" in said
    assert "nothing to put forward" in told(app, "propose", tmp_path / f"dabiao-{MONTH}.sqlite3", code=1)


def test_given_a_photo_that_is_lost_when_the_month_is_made_then_it_is_named_and_only_asked_for_left_out(site, tmp_path):
    shutil.rmtree(site.extensions["settings"].instance / "photos")

    said = told(site, "make", MONTH, tmp_path / "out", code=1)
    assert "cannot be read" in said
    assert list((tmp_path / "out").iterdir()) == []
    assert "3 records" in told(site, "make", MONTH, tmp_path / "out", "--leave-missing")


def test_given_an_archive_that_is_there_when_made_again_then_it_stays_as_it_is(site, tmp_path):
    file = made(site, tmp_path)
    content = file.read_bytes()

    assert "is there already" in told(site, "make", MONTH, tmp_path, code=1)
    assert file.read_bytes() == content
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("month", ["2026-13", "november", "2027-02"])
def test_given_a_month_that_is_none_or_too_young_when_asked_for_then_a_sentence_and_no_file(site, tmp_path, month):
    assert "Error" in told(site, "make", month, tmp_path / "out", code=1)
    assert not (tmp_path / "out").exists()


def test_given_records_without_an_entry_when_the_month_is_made_then_it_says_seal_first_and_leaves_no_file(
    site, tmp_path
):
    with site.app_context():
        checked(site, 5)

    assert "dabiao seal" in refused(site, "make", MONTH, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
