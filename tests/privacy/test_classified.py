"""Classified matter never enters: forms are asked about, phones' records are kept with the text apart."""

import io
import json
import uuid
import zipfile

import pytest
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from app import clock
from app.audit.queries import Search, lines
from app.privacy.queries import waiting
from app.privacy.rules_held import PLACEHOLDER, taken_out
from app.standards.models import Edition
from app.standards.models_projects import StandardPaper
from app.vehicles.rules_ledger import workbook
from app.web.classified import marks_in
from app.web.classified_files import text_in
from app.web.classified_pdf import MOST_PAGES
from tests.support import builders
from tests.support.protocol import Phone
from tests.support.stored import rows_of

_FONT = "STSong-Light"
registerFont(UnicodeCIDFont(_FONT))


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("std", "standards", "bureau")
        builders.person("std2", "standards", "bureau")
        builders.person("adm", "admin", "bureau")
    return app


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("绝密★长期", ("绝密",)),
        ("机　密 文件，秘密★10年", ("机密", "秘密")),
        ("秘\u200b密", ("秘密",)),
        ("機密", ("機密",)),
        ("保守秘密", ("秘密",)),
        ("加密消毒，严密封条，机器密封", ()),
        ("密件", ()),
        ("机器的密码", ()),
        ("", ()),
    ],
)
def test_given_a_text_when_looking_for_marks_then_only_the_words_are_found(text, marks):
    assert marks_in(text) == marks


def test_given_a_record_when_a_note_looks_classified_then_only_that_text_is_taken_out():
    answers = [{"step": "S01", "note": "好", "text": "绝密"}, 3]
    body = {"id": "x", "note": "机密会议", "facts": {"a": 1}, "answers": answers}

    plain, held = taken_out(body, marks_in)

    assert (plain["note"], plain["facts"], plain["answers"][1]) == (PLACEHOLDER, {"a": 1}, 3)
    assert plain["answers"][0] == {"step": "S01", "note": "好", "text": PLACEHOLDER}
    assert [(each.place, each.text, each.words) for each in held] == [
        ("note", "机密会议", ("机密",)),
        ("S01/text", "绝密", ("绝密",)),
    ]
    assert body["note"] == "机密会议"


def _change(client, **extra):
    data = {"name": "机密处王", "role": "worker", "org_id": "clean", **extra}
    return client.send("/people/ann", data, page="/people/ann")


def test_given_a_form_when_a_text_looks_classified_then_it_is_asked_and_nothing_is_saved(world):
    client = world.test_client()
    client.sign_in("adm")

    answer = _change(client)

    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "不涉密，继续保存" in text
    assert 'name="name" value="机密处王"' in text
    with world.app_context():
        assert lines(Search(group="privacy"))[0].kind == "privacy.warned"
        assert "rights.changed" not in [line.kind for line in lines(Search())]


def test_given_a_false_alarm_when_it_is_confirmed_then_it_is_saved_and_the_decision_is_noted(world):
    client = world.test_client()
    client.sign_in("adm")

    answer = _change(client, not_classified="1")

    assert answer.status_code == 303
    with world.app_context():
        kinds = [(line.kind, line.data) for line in lines(Search(who="adm"))][:2]
    assert [kind for kind, _data in kinds] == ["rights.changed", "privacy.overruled"]
    assert kinds[1][1] == {"words": "机密", "path": "/people/ann"}


def test_given_a_stranger_when_a_complaint_looks_classified_then_asked_without_a_trace(world):
    client = world.test_client()

    answer = client.send(f"/P/{builders.CODE}/feedback", {"words": "秘密"}, page=f"/P/{builders.CODE}")

    assert answer.status_code == 422
    with world.app_context():
        assert lines(Search()) == []


def test_given_a_phone_when_a_note_looks_classified_then_the_record_counts_and_the_text_waits(world):
    phone = Phone(world, "ann")
    body = builders.submission(note="绝密会议室已清扫")

    first, second = phone.post("/api/v1/checks", body), phone.post("/api/v1/checks", body)

    assert (first.status_code, second.status_code) == (201, 200)
    with world.app_context():
        (text,) = waiting()
    assert (text.text, text.words, text.by_id, text.is_check) == ("绝密会议室已清扫", "绝密", "ann", True)
    page = phone.get(f"/checks/{body['id']}").get_data(as_text=True)
    assert PLACEHOLDER in page
    assert "绝密" not in page


@pytest.mark.parametrize(("said", "shown", "kind"), [("no", True, "privacy.shown"), ("yes", False, "privacy.removed")])
def test_given_a_text_that_waits_when_looked_at_then_it_is_shown_or_gone(world, said, shown, kind):
    phone = Phone(world, "ann")
    body = builders.submission(note="保守秘密")
    phone.post("/api/v1/checks", body)
    office = world.test_client()
    office.sign_in("std")
    assert "保守秘密" in office.get("/privacy/held").get_data(as_text=True)

    answer = office.send("/privacy/held/1", {"classified": said}, page="/privacy/held")
    again = office.send("/privacy/held/1", {"classified": said}, page="/me/sessions")

    assert (answer.status_code, again.status_code) == (303, 404)
    assert ("保守秘密" in phone.get(f"/checks/{body['id']}").get_data(as_text=True)) is shown
    with world.app_context():
        assert waiting() == []
        assert lines(Search(who="std"))[0].kind == kind


@pytest.mark.parametrize(("person", "status"), [("ann", 403), ("adm", 403)])
def test_given_anybody_else_when_looking_at_such_texts_then_refused(world, person, status):
    client = world.test_client()
    client.sign_in(person)

    assert client.get("/privacy/held").status_code == status
    assert client.send("/privacy/held/1", {"classified": "no"}, page="/me/sessions").status_code == status


def test_given_a_bad_answer_when_looking_then_nothing_changes(world):
    Phone(world, "ann").post("/api/v1/checks", builders.submission(note="秘密"))
    office = world.test_client()
    office.sign_in("std")

    assert office.send("/privacy/held/1", {"classified": "perhaps"}, page="/privacy/held").status_code == 422
    with world.app_context():
        assert len(waiting()) == 1


def _workbook(*texts):
    return workbook([("表", ["甲"], [[text] for text in texts])], builders.NOW)


def _zipped(**parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return kept.getvalue()


def _pdf(*pages, title="安排", locked=None):
    kept = io.BytesIO()
    paper = Canvas(kept, encrypt=locked, invariant=True)
    paper.setTitle(title)
    for text in pages:
        paper.setFont(_FONT, 12)
        paper.drawString(72, 700, text)
        paper.showPage()
    paper.save()
    return kept.getvalue()


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        (_pdf("第一页", "绝 密★长期"), ("绝密",)),
        (_pdf("机器密封", title="机密会议安排"), ("机密",)),
        (_pdf("会议安排", "严密"), ()),
        (_pdf(*["第一页"] * MOST_PAGES, "秘密"), ()),
        (_pdf("秘密", locked="a"), ()),
        (_pdf("秘密")[:700], ()),
        (b"%PDF-1.4 no file at all", ()),
    ],
)
def test_given_a_pdf_when_looking_inside_then_title_and_first_pages_are_read(body, marks):
    stream = io.BytesIO(body)

    assert marks_in(text_in(stream)) == marks
    assert stream.read() == body


def test_given_a_pdf_that_takes_too_long_when_looking_then_reading_ends(monkeypatch):
    monkeypatch.setattr("app.web.classified_pdf.MOST_SECONDS", -1.0)

    assert "绝密" not in text_in(io.BytesIO(_pdf("绝密")))


def test_given_a_page_drawn_from_too_much_when_looking_then_it_is_left_out(monkeypatch):
    monkeypatch.setattr("app.web.classified_pdf.MOST_PAGE_BYTES", 10)

    assert "绝密" not in text_in(io.BytesIO(_pdf("绝密")))


def test_given_an_approved_text_when_its_pdf_looks_classified_then_asked_and_not_kept(world):
    with world.app_context():
        number = rows_of(Edition)[0].number
    client = world.test_client()
    client.sign_in("std")
    token = client.token("/me")

    def send(body, **more):
        data = {"csrf_token": token, "id": str(uuid.uuid4()), "file": (io.BytesIO(body), "正文.pdf"), **more}
        return client.post(f"/standards/{number}/text", data=data)

    asked = send(_pdf("机密★10年"))
    with world.app_context():
        between = len(rows_of(StandardPaper))
    broken, plain = send(b"%PDF-1.4 broken"), send(_pdf("卫生间日常保洁"))

    assert (asked.status_code, between) == (422, 0)
    assert "机密" in asked.get_data(as_text=True)
    assert broken.status_code == 415
    assert plain.status_code == 303
    with world.app_context():
        assert len(rows_of(StandardPaper)) == 1


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        (_workbook("会议室", "机密会议"), ("机密",)),
        (_workbook("洗衣机", "密封条", "会议室"), ()),
        (_zipped(word__document_xml="<w:p><w:r><w:t>绝</w:t></w:r><w:r><w:t>密</w:t></w:r></w:p>"), ("绝密",)),
        (_zipped(word__document_xml="<w:p>&#32477;&#x5bc6;</w:p>"), ("绝密",)),
        (_zipped(xl__worksheets__sheet1_xml="<c><is><t>秘密</t></is></c>"), ("秘密",)),
        (_zipped(other_xml="绝密"), ()),
        (b"PK no archive", ()),
        ("BEGIN:VCALENDAR\r\nSUMMARY:机\r\n 密会议".encode(), ("机密",)),
        (b'{"title": "\\u79d8\\u5bc6"}', ("秘密",)),
        ("绝密".encode("gb18030"), ("绝密",)),
        (b"\x89PNG\0" + "绝密".encode(), ()),
        (b"", ()),
    ],
)
def test_given_a_file_when_looking_inside_then_its_words_are_found_and_cells_stay_apart(body, marks):
    stream = io.BytesIO(body)

    assert marks_in(text_in(stream)) == marks
    assert stream.read() == body


def test_given_a_file_far_too_large_inside_when_looking_then_reading_ends(monkeypatch):
    monkeypatch.setattr("app.web.classified_files.MOST_UNPACKED", 1000)
    body = _zipped(xl__worksheets__sheet1_xml="<c>x</c>" * 1000 + "绝密")

    assert len(text_in(io.BytesIO(body))) < 1200


@pytest.mark.parametrize("name", ["bookings.xlsx", "机密安排.xlsx"])
def test_given_a_workbook_when_a_cell_or_its_name_looks_classified_then_asked_and_nothing_is_taken(world, name):
    client = world.test_client()
    client.sign_in("sue")
    token = client.token("/me")
    body = _workbook("机密会议" if name.isascii() else "会议")

    def send(**more):
        file = (io.BytesIO(body), name)
        return client.post("/meetings/import", data={"csrf_token": token, "file": file, **more})

    asked, confirmed = send(), send(not_classified="1")

    assert asked.status_code == 422
    assert 'type="file" name="file"' in asked.get_data(as_text=True)
    assert "不涉密，继续保存" not in confirmed.get_data(as_text=True)
    with world.app_context():
        assert [each.kind for each in lines(Search(group="privacy"))] == ["privacy.overruled", "privacy.warned"]


def _handed(*records):
    text = json.dumps(records, ensure_ascii=False)
    return f'<!doctype html><script type="application/json" id="records">{text}</script>'.encode()


def test_given_a_file_of_a_phones_records_when_a_note_looks_classified_then_the_record_counts_and_the_text_waits(world):
    record = builders.submission(note="绝密会议室已清扫")
    client = world.test_client()
    client.sign_in("lea")
    file = (io.BytesIO(_handed(record)), "records.html")

    with clock.at(builders.NOW):
        page = client.post("/checks/handed", data={"csrf_token": client.token("/me"), "file": file})

    assert page.status_code == 200
    with world.app_context():
        (text,) = waiting()
    assert (text.text, text.is_check) == ("绝密会议室已清扫", True)
