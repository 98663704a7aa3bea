"""The end: finish, findings, signatures of both sides, objections, announcement, addendum."""

import uuid

import pytest

from app.db import rows
from app.inspections.models import Addendum, Inspection, Signature
from app.nonconformities.models import Finding
from tests.support import inspecting as a

TEXT = "本次检查总体较好，一项不符合正在整改。"


def post(client, path, data=None):
    return client.post(path, data={"csrf_token": client.token("/me"), **(data or {})})


def table(site, model):
    with site.app_context():
        return [row._mapping for row in rows(model.__table__.select())]


def state(site, made):
    return next(row["state"] for row in table(site, Inspection) if row["id"] == made)


def text_of(answer):
    return answer.get_data(as_text=True)


def digest(site, made):
    with site.app_context():
        return a.head(made).digest(a.queries.items_of(made))


def test_given_all_items_concluded_when_finished_then_findings_stand_once_and_it_waits_for_signatures(site, at_work):
    with site.app_context():
        made = a.filled()
    client, path = at_work("ina"), f"/inspections/{made}/finish"

    wrong = post(client, path, {"conclusion": "conforms"})
    done = [post(client, path, {"conclusion": "mostly", "summary": "总体较好"}).status_code for _ in range(2)]

    assert wrong.status_code == 422 and "总体结论不能" in text_of(wrong)
    assert done == [303, 303]
    assert state(site, made) == "to_sign"
    assert [row["text"] for row in table(site, Finding)] == [a.BAD.fact]


def test_given_an_open_item_when_finished_then_its_number_is_told(site, at_work):
    with site.app_context():
        made = a.begun()
        a.said(made, 1, a.FINE)

    answer = post(at_work("ina"), f"/inspections/{made}/finish", {"conclusion": "conforms"})

    assert answer.status_code == 422
    assert "2、3、4、5" in text_of(answer)
    assert state(site, made) == "under_way"


def test_given_a_finished_one_when_taken_back_then_it_is_corrected_until_somebody_signed(site, at_work):
    with site.app_context():
        made = a.finished()
    client, path = at_work("ina"), f"/inspections/{made}"

    back = [post(client, f"{path}/reopen", {"reason": "漏写一处"}).status_code for _ in range(2)]
    post(client, f"{path}/finish", {"conclusion": "mostly"})
    post(client, f"{path}/sign", {"side": "inspectors", "digest": digest(site, made)})
    late = post(client, f"{path}/reopen")

    assert back == [303, 303]
    assert late.status_code == 409
    assert len(table(site, Finding)) == 1


def test_given_both_sides_when_signed_then_it_is_closed_and_a_repeat_changes_nothing(site, at_work):
    with site.app_context():
        made = a.finished()
    path, seen = f"/inspections/{made}/sign", digest(site, made)

    first = [post(at_work("ina"), path, {"side": "inspectors", "digest": seen}).status_code for _ in range(2)]
    between = state(site, made)
    second = [post(at_work("sue"), path, {"side": "inspected", "digest": seen}).status_code for _ in range(2)]

    assert first == second == [303, 303]
    assert (between, state(site, made)) == ("to_sign", "closed")
    assert len(table(site, Signature)) == 2


def test_given_an_objection_when_signed_then_it_needs_words_and_stands_beside_the_result(site, at_work):
    with site.app_context():
        made = a.finished()
        a.sign(made, "ina", a.Side.INSPECTORS)
    sue, path = at_work("sue"), f"/inspections/{made}/sign"
    form = {"side": "inspected", "digest": digest(site, made), "objects": "1"}

    silent = post(sue, path, form)
    done = post(sue, path, {**form, "words": "签到表在科室档案柜中"})

    assert (silent.status_code, done.status_code) == (422, 303)
    assert state(site, made) == "closed"
    assert "签到表在科室档案柜中" in text_of(sue.get(f"/inspections/{made}"))


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"way": "paper"}, 422),
        ({"way": "paper", "name": "科长"}, 303),
        ({"way": "refused", "name": "科长"}, 422),
        ({"way": "refused", "name": "科长", "words": "不认可结论"}, 303),
        ({"way": "magic"}, 422),
    ],
)
def test_given_a_unit_that_signs_on_paper_or_not_at_all_when_noted_then_with_post_and_reason(
    site, at_work, given, status
):
    with site.app_context():
        made = a.finished()
    form = {"side": "inspected", "digest": digest(site, made), **given}

    assert post(at_work("ina"), f"/inspections/{made}/sign", form).status_code == status


@pytest.mark.parametrize(
    ("person", "side", "status"),
    [("ina", "inspected", 403), ("sue", "inspectors", 403), ("tom", "inspected", 404), ("lou", "inspected", 403),
     ("stan", "inspected", 403), ("ann", "inspected", 403)],
)  # fmt: skip
def test_given_the_wrong_person_when_signing_then_refused(site, at_work, person, side, status):
    with site.app_context():
        made = a.finished()

    answer = post(at_work(person), f"/inspections/{made}/sign", {"side": side, "digest": digest(site, made)})

    assert answer.status_code == status
    assert not table(site, Signature)


def test_given_something_else_than_was_seen_when_signed_then_refused(site, at_work):
    with site.app_context():
        made = a.finished()

    answer = post(at_work("sue"), f"/inspections/{made}/sign", {"side": "inspected", "digest": "0" * 64})

    assert answer.status_code == 409
    assert post(at_work("sue"), f"/inspections/{made}/sign", {"side": "nobody"}).status_code == 422


def test_given_an_inspection_under_way_when_signed_or_announced_then_refused(site, at_work):
    with site.app_context():
        made = a.begun()

    signed = post(at_work("ina"), f"/inspections/{made}/sign", {"side": "inspectors", "digest": "0" * 64})
    told = post(at_work("stan"), f"/inspections/{made}/announce", {"text": TEXT})

    assert (signed.status_code, told.status_code) == (409, 409)


def test_sp6_given_a_closed_one_when_announced_then_everybody_inside_reads_it_without_names(site, at_work):
    with site.app_context():
        fact = a.Said((), "", a.Conclusion.NONCONFORMING, "岗位max 未能说明制度要求", "minor")
        made = a.filled(bad=())
        a.said(made, 1, fact)
        a.atomically(lambda: a.actions_signing.finish(a.head(made), a.Overall.MOSTLY, "", a.who("ina"), a.NOW, a.ZONE))
        a.sign(made, "ina", a.Side.INSPECTORS)
        a.sign(made, "sue", a.Side.INSPECTED)
    stan, path = at_work("stan"), f"/inspections/{made}/announce"

    named = post(stan, path, {"text": "检查发现人员sue表现突出，其余较好。"})
    done = [post(stan, path, {"text": TEXT}).status_code for _ in range(2)]
    ann = at_work("ann")
    listed, page = (
        text_of(ann.get("/inspections/announcements")),
        text_of(ann.get(f"/inspections/announcements/{made}")),
    )

    assert named.status_code == 422 and "人员sue" in text_of(named)
    assert done == [303, 303]
    assert "单位care" in listed and TEXT in page and "岗位stan" in page
    assert "岗位max" not in page and "＊＊ 未能说明制度要求" in page
    assert "不符合项 1 项，已整改 0 项" in listed


def test_given_an_announcement_when_corrected_then_by_an_addendum_only(site, at_work):
    with site.app_context():
        made = a.announced()
    stan, path = at_work("stan"), f"/inspections/{made}/addenda"
    form = {"id": str(uuid.uuid4()), "text": "更正：签到表已于当日补齐。"}

    done = [post(stan, path, form).status_code for _ in range(2)]
    bad = [post(stan, path, {**form, "id": "x"}), post(stan, path, {"id": str(uuid.uuid4()), "text": ""})]
    page = text_of(at_work("ann").get(f"/inspections/announcements/{made}"))

    assert done == [303, 303]
    assert [answer.status_code for answer in bad] == [422, 422]
    assert len(table(site, Addendum)) == 1
    assert TEXT in page and "更正：签到表已于当日补齐。" in page


@pytest.mark.parametrize("person", ["sue", "max", "lou", "ann", "lea"])
def test_given_somebody_outside_the_office_when_announcing_then_refused(site, at_work, person):
    with site.app_context():
        made = a.closed()
    client = at_work(person)

    told = post(client, f"/inspections/{made}/announce", {"text": TEXT})
    added = post(client, f"/inspections/{made}/addenda", {"id": str(uuid.uuid4()), "text": TEXT})

    assert (told.status_code, added.status_code) == (403, 403)
    assert state(site, made) == "closed"


def test_given_what_is_not_announced_when_asked_for_there_then_no_page(site, at_work):
    with site.app_context():
        made = a.closed()

    assert at_work("ann").get(f"/inspections/announcements/{made}").status_code == 404
    early = {"id": str(uuid.uuid4()), "text": TEXT}
    assert post(at_work("stan"), f"/inspections/{made}/addenda", early).status_code == 409
