"""Two at once: two inspectors on one item, both sides signing, one button pressed twice."""

from app import clock
from app.db import rows
from app.inspections.models import Inspection, Item, ItemVersion, Signature
from app.nonconformities.models import Finding
from tests.support import inspecting as a
from tests.support.turns import at_once

TEXTS = ("甲的记录", "乙的记录")


def poster(client, path, data):
    token = client.token("/me")

    def post():
        with clock.at(a.NOW):
            return client.post(path, data={"csrf_token": token, **data}).status_code

    return post


def table(site, model):
    with site.app_context():
        return rows(model.__table__.select())


def test_given_two_inspectors_when_they_save_one_item_at_once_then_one_stands_and_one_is_told(site, at_work):
    with site.app_context():
        made = a.begun()
    path = f"/inspections/{made}/items/1"
    works = [
        poster(at_work(person), path, {"record": text, "conclusion": "conforms", "revision": "0"})
        for person, text in zip(("ina", "ian"), TEXTS, strict=True)
    ]

    answers = at_once(*works)

    assert sorted(answers) == [303, 409]
    item = next(row for row in table(site, Item) if row.no == 1)
    assert (item.revision, item.record) == (1, TEXTS[answers.index(303)])
    assert len(table(site, ItemVersion)) == 1


def test_given_both_sides_when_they_sign_at_once_then_it_is_closed(site, at_work):
    with site.app_context():
        made = a.finished()
        digest = a.head(made).digest(a.queries.items_of(made))
    path = f"/inspections/{made}/sign"
    sides = {"ina": "inspectors", "sue": "inspected"}
    works = [poster(at_work(person), path, {"side": side, "digest": digest}) for person, side in sides.items()]

    answers = at_once(*works)

    assert answers == [303, 303]
    assert len(table(site, Signature)) == 2
    assert [row.state for row in table(site, Inspection)] == ["closed"]


def test_given_two_inspectors_when_they_finish_at_once_then_each_finding_stands_once(site, at_work):
    with site.app_context():
        made = a.filled(bad=(1, 2))
    works = [
        poster(at_work(person), f"/inspections/{made}/finish", {"conclusion": "mostly"}) for person in ("ina", "ian")
    ]

    answers = at_once(*works)

    assert set(answers) <= {303, 409} and 303 in answers
    assert len(table(site, Finding)) == 2
