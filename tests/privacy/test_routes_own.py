"""What is kept about oneself: the page, and the file with everything."""

import io
import json
import zipfile

import pytest

from app.audit.queries import Search, lines
from app.privacy.queries_own import parts
from app.privacy.rules_archive import zipped
from tests.support import builders
from tests.support.protocol import Phone


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("adm", "admin", "bureau")
    return app


def _taken(client) -> dict[str, list[dict]]:
    answer = client.get("/me/data.zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {
            name: [json.loads(line) for line in archive.read(name).decode().splitlines()]
            if name.endswith(".jsonl")
            else archive.read(name).decode()
            for name in archive.namelist()
        }


def test_given_own_records_when_taken_along_then_all_of_them_and_nobody_elses(world):
    ann, bob = Phone(world, "ann"), Phone(world, "bob")
    ann.post("/api/v1/checks", builders.submission(note="我的备注"))
    bob.post("/api/v1/checks", builders.submission("00000000-0000-4000-8000-000000000002", person="bob", note="别人的"))

    found = _taken(ann.client)

    assert [row["note"] for row in found["checks.jsonl"]] == ["我的备注"]
    assert {row["check_id"] for row in found["answers.jsonl"]} == {"00000000-0000-4000-8000-000000000001"}
    assert [row["id"] for row in found["people.jsonl"]] == ["ann"]
    text = json.dumps(found, ensure_ascii=False)
    assert "别人的" not in text
    assert "hash" not in " ".join(found["people.jsonl"][0])
    assert "ann" in found["README.txt"]


def test_given_the_file_when_taken_then_it_is_noted_with_its_number(world):
    client = world.test_client()
    client.sign_in("ann")

    readme = _taken(client)["README.txt"]

    with world.app_context():
        line = lines(Search(who="ann"))[0]
    assert line.kind == "export.own"
    assert f"导出编号 {line.id} " in readme


def test_given_who_looked_at_an_account_then_its_owner_sees_it(world):
    admin = world.test_client()
    admin.sign_in("adm")
    admin.get("/people/ann")
    client = world.test_client()
    client.sign_in("ann")

    page = client.get("/me/data").get_data(as_text=True)

    assert "查看账号" in page
    assert "/me/data.zip" in page


def test_given_every_table_when_parts_are_listed_then_no_secret_is_among_them(world):
    with world.app_context():
        named = {part.table: part.columns for part in parts()}

    assert {"checks", "photos", "sign_ins", "suggestions", "messages", "people"} <= named.keys()
    assert not {"badges", "second_factors", "recovery_codes", "receipts"} & named.keys()
    assert named["people"] == ("id",)
    assert named["audit_events"] == ("by_id", "about")


def test_given_many_rows_when_zipped_then_pieces_come_before_the_end():
    pulled = []

    def rows():
        for number in range(20_000):
            pulled.append(number)
            yield {"n": number, "text": f"{number * 7919 % 10007}" * 9}

    pieces = zipped("hello", [("rows", rows()), ("none", [])])
    first = next(piece for piece in pieces if len(piece) > 100)

    assert first
    assert len(pulled) < 20_000
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped("hello", [("rows", rows()), ("none", [])])))) as archive:
        assert archive.namelist() == ["README.txt", "rows.jsonl"]
        assert len(archive.read("rows.jsonl").splitlines()) == 20_000
