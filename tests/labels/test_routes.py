"""Given the office, when labels are printed, replaced or withdrawn, then with a reason, within reach, once."""

import io
import re
import subprocess

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from app.db import rows
from app.places.models import LabelCode, LabelEvent, PointStandard
from qr.payload import check
from tests.support.builders import CODE, kept, person, point, small_world

HERE = "/labels/points/p1/replace"


@pytest.fixture
def office(app, client):
    """Sue, supervisor of the section that answers for the point."""
    with app.app_context():
        small_world()
    client.sign_in("sue")
    return client


def labels(app) -> dict[str, tuple]:
    with app.app_context():
        statement = select(LabelCode.code, LabelCode.replaced_by, LabelCode.valid_until, LabelCode.withdrawn_at)
        return {row.code: tuple(row[1:]) for row in rows(statement)}


def events(app) -> list[tuple[str, str, str]]:
    with app.app_context():
        return [
            tuple(row)
            for row in rows(select(LabelEvent.kind, LabelEvent.code, LabelEvent.reason).order_by(LabelEvent.id))
        ]


def decoded(pdf: bytes) -> list[str]:
    """Every symbol on the first page of a PDF, at the printer's lowest usable resolution."""
    page = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-f", "1", "-l", "1", "-"], input=pdf, capture_output=True, check=True
    )
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(page.stdout)))]


def test_given_a_point_when_its_sheet_is_printed_then_the_symbol_leads_to_it_and_the_printing_is_noted(app, office):
    answer = office.send("/labels/sheet.pdf", {"stock": "door", "scope": "all"}, page="/labels")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert decoded(answer.data) == [f"HTTP://LOCALHOST/P/{CODE}"]
    assert events(app) == [("printed", CODE, "")]


def test_given_the_same_sheet_when_printed_again_then_no_code_changes(app, office):
    before = labels(app)

    for _ in range(2):
        office.send("/labels/sheet.pdf", {"stock": "small", "scope": "all"}, page="/labels")

    assert labels(app) == before


def test_given_only_the_list_when_asked_then_nothing_is_noted_as_printed(app, office):
    answer = office.send("/labels/sheet.pdf", {"stock": "door", "scope": "all", "side": "list"}, page="/labels")

    assert answer.status_code == 200 and events(app) == []


@pytest.mark.parametrize(
    ("order", "word"),
    [
        ({"stock": "napkin"}, "标签纸"),
        ({"stock": "door", "skip": "8"}, "空位"),
        ({"stock": "door", "skip": "x"}, "空位"),
        ({"stock": "door", "skip": "²"}, "空位"),
        ({"stock": "door", "skip": "-1"}, "空位"),
        ({"stock": "door", "scope": "chosen"}, "勾选"),
        ({"stock": "door", "scope": "chosen", "point": "elsewhere"}, "没有可打印"),
    ],
)
def test_given_a_wrong_order_when_printed_then_a_sentence_says_so_and_nothing_is_noted(app, office, order, word):
    answer = office.send("/labels/sheet.pdf", order, page="/labels")

    assert answer.status_code == 422 and word in answer.text
    assert events(app) == []


def test_given_a_name_with_a_character_no_typeface_has_when_printed_then_it_is_named(app, office):
    with app.app_context():
        point("p2", "000000000H", name="怪字\U000f0000")
        kept(PointStandard, point_id="p2", standard_code="JGSW05003.01", implementer_id="clean", responsible_id="care")

    answer = office.send("/labels/sheet.pdf", {"stock": "door", "scope": "all"}, page="/labels")

    assert answer.status_code == 422 and "怪字" in answer.text


def test_given_the_first_sheet_when_looked_at_then_it_is_a_picture(office):
    answer = office.get("/labels/preview.svg?stock=door&skip=3")

    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml") and b"<svg" in answer.data


def test_given_single_used_cells_when_looked_at_then_the_grid_and_the_picture_know_them(office):
    page = office.get("/labels?stock=small&skip=1&cell-small=1&cell-small=4&scope=all").text

    ticked = re.findall(r'name="(cell-[a-z]+)" value="(\d+)" checked', page)
    assert (
        ticked == [("cell-small", "4")]
        and 'id="skip" name="skip" type="number" min="0" max="23" inputmode="numeric" value="2"' in page
    )
    assert "cell=0&amp;cell=1&amp;cell=4" in page


def test_given_single_used_cells_when_printed_then_the_label_goes_to_the_first_free_one(office):
    form = {"stock": "door", "scope": "all", "skip": "1", "cell-door": "1"}

    answer = office.send("/labels/sheet.pdf", form, page="/labels")

    page = subprocess.run(
        ["pdftotext", "-f", "1", "-l", "1", "-bbox", "-", "-"], input=answer.data, capture_output=True, check=True
    )
    height = float(re.search(rb'page width="[^"]+" height="([^"]+)"', page.stdout)[1])
    (top,) = {float(each) for each in re.findall(rb'yMin="([^"]+)"[^>]*>7K3QX-9M2TA<', page.stdout)}
    assert height / 4 < top < height / 2


def test_given_a_stock_when_the_calibration_page_is_asked_then_it_is_one_page(office):
    answer = office.get("/labels/calibration.pdf?stock=small")

    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_given_a_torn_label_when_replaced_then_the_old_one_stays_valid_for_a_while(app, office):
    answer = office.send(HERE, {"reason": "破损", "old": CODE}, page="/points/p1")

    after = labels(app)
    (fresh,) = set(after) - {CODE}
    assert answer.status_code == 303 and check(fresh)
    assert after[CODE][0] == fresh and after[CODE][1] is not None and after[CODE][2] is None
    assert events(app) == [("issued", fresh, "破损"), ("replaced", CODE, "破损")]


def test_given_the_same_form_sent_twice_when_replaced_then_one_label_is_new(app, office):
    sent = {"reason": "破损", "old": CODE}

    first, second = (office.send(HERE, sent, page="/points/p1") for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 409)
    assert len(labels(app)) == 2 and len(events(app)) == 2


def test_given_no_label_left_when_a_code_is_issued_then_the_point_has_one_again(app, office):
    office.send(f"/labels/codes/{CODE}/withdraw", {"reason": "遗失"}, page="/points/p1")

    answer = office.send(HERE, {"reason": "补发", "old": ""}, page="/points/p1")

    (fresh,) = set(labels(app)) - {CODE}
    assert answer.status_code == 303
    assert events(app)[1:] == [("issued", fresh, "补发")]


def test_given_no_reason_when_replaced_or_withdrawn_then_nothing_changes(app, office):
    before = labels(app)

    answers = [
        office.send(path, {"reason": " "}, page="/points/p1") for path in (HERE, f"/labels/codes/{CODE}/withdraw")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert labels(app) == before and events(app) == []


def test_given_a_lost_label_when_withdrawn_twice_then_once(app, office):
    first, second = (
        office.send(f"/labels/codes/{CODE}/withdraw", {"reason": "遗失"}, page="/points/p1") for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (303, 409)
    assert events(app) == [("withdrawn", CODE, "遗失")]
    assert office.get(f"/p/{CODE}").status_code == 410


@pytest.mark.parametrize("who", ["ann", "lea", "bob"])
def test_given_a_person_without_the_role_when_asked_then_refused_and_nothing_changes(app, client, who):
    with app.app_context():
        small_world()
    client.sign_in(who)
    before = labels(app)

    answers = [
        client.send(path, {"reason": "x", "stock": "door"}, page="/me")
        for path in (HERE, f"/labels/codes/{CODE}/withdraw", "/labels/sheet.pdf")
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert labels(app) == before and events(app) == []


def test_given_a_foreign_units_supervisor_when_asked_then_there_is_no_such_point(app, client):
    with app.app_context():
        small_world()
        person("tom", "supervisor", "other")
    client.sign_in("tom")

    assert client.send(HERE, {"reason": "x"}, page="/me").status_code == 404
    assert client.get("/points/p1").status_code == 404
    assert client.send("/labels/sheet.pdf", {"stock": "door", "scope": "all"}, page="/me").status_code == 422


def test_given_a_withdrawn_successor_when_the_point_is_shown_then_a_new_code_can_be_issued(app, office):
    office.send(HERE, {"reason": "破损", "old": CODE}, page="/points/p1")
    (fresh,) = set(labels(app)) - {CODE}
    office.send(f"/labels/codes/{fresh}/withdraw", {"reason": "印错"}, page="/points/p1")

    page = office.get("/points/p1").text

    assert 'name="old" value=""' in page and "印错" in page


def test_given_the_points_when_filtered_then_those_that_fit_stand_there(office):
    assert CODE[:5] in office.get("/points?q=卫生间").text
    assert CODE[:5] not in office.get("/points?q=食堂").text
