"""A pack goes round: the demo's standards into an empty database and back under the same hash."""

import base64
import hashlib
import json
import struct
import uuid
import zlib
from contextlib import contextmanager

import pytest

from app import clock
from app.accounts.queries import person_by_id
from app.db import atomically, db
from app.demo.actions import load_compound
from app.demo.rules_sounds import hummed
from app.exchange.actions import Sent
from app.exchange.actions_pack import apply_pack, export, keep_pack, look, opened
from app.exchange.models import Import
from app.exchange.rules import Kind
from app.exchange.rules_pack import digest_of, to_bytes
from app.photos.actions import keep_file
from app.photos.actions_pictures import drain
from app.photos.models import Photo, Picture
from app.photos.rules import Upload
from app.refusals import Conflict, Invalid
from app.schedule.actions_rota import Call
from app.standards.actions_audio import keep_recording, lesson
from app.standards.actions_papers import Sent as SentPaper
from app.standards.actions_papers import add_text
from app.standards.models import Edition, Standard, StepAudio
from app.standards.models_projects import StandardPaper
from app.standards.queries import edition_in_force, edition_row
from tests.support import builders
from tests.support.builders import NOW
from tests.support.databases import make_app, nothing

ONE = str(uuid.UUID(int=1, version=4))


@contextmanager
def site(templates, database, folder):
    """An application on an empty database of its own."""
    with templates.copy(database, "bare", nothing, folder) as url:
        made = make_app(url, folder)
        with made.app_context():
            yield made
            db.session.remove()
            db.engine.dispose()


def call(made):
    return Call(NOW, made.extensions["settings"].zone)


def store(made):
    return made.extensions["photo_store"]


def taken_over(made, body, unit="", import_id=ONE, by="std-01"):
    came = opened(body)
    atomically(lambda: keep_pack(Sent(import_id, Kind.PACK, "pack.json", body), by, call(made)))
    return atomically(lambda: apply_pack(import_id, came, unit, by, call(made), store(made)))


def explained(made):
    """The standards section explains a step to everybody."""
    office = person_by_id("std-01")
    what = lesson("JGSW05003.01-2026", "S01", office)
    upload = Upload(ONE, hummed(3, "lesson"), office.id, "audio/wav")
    kept, _new = keep_file(store(made), upload, max_bytes=1_000_000, now=NOW, day=NOW.date())
    atomically(lambda: keep_recording(what, kept, office, store(made), NOW))


def with_text(made):
    """The approved text of an edition."""
    row = edition_row("JGSW05003.01-2026")
    sent = SentPaper(ONE, "text", "批准文本.pdf", b"%PDF-1.7\ntext\n%%EOF")
    atomically(lambda: add_text(row, sent, person_by_id("std-01"), NOW))


@pytest.fixture
def demo_pack(templates, database, tmp_path):
    """All standards of the demo with drawn pictures, a recording and an approved text."""
    with site(templates, database, tmp_path / "first") as made, clock.at(NOW):
        atomically(lambda: load_compound(store(made)))
        explained(made)
        with_text(made)
        return export((), store(made))


def counted(table):
    return db.session.execute(db.select(db.func.count()).select_from(table)).scalar_one()


def test_given_the_demo_when_it_goes_into_an_empty_database_and_back_then_byte_for_byte_the_same(
    templates, database, tmp_path, demo_pack
):
    with site(templates, database, tmp_path / "second") as made:
        found = look(opened(demo_pack))
        first, again = taken_over(made, demo_pack, by="dabiao"), taken_over(made, demo_pack, by="dabiao")
        back = export((), store(made))
        after = look(opened(demo_pack))
        rows = (counted(Edition), counted(StepAudio), counted(StandardPaper), counted(Photo))
        kept = db.session.execute(db.select(Import.sha256, Import.by_id, Import.applied_at, Import.counts)).one()

    pictures = sum(each["use"] != "text" for each in json.loads(demo_pack)["files"].values())
    assert (first, again, found.makes_units) == (True, False, True)
    assert back == demo_pack
    assert rows == (23, 1, 1, pictures)
    assert (found.counts["new"], after.counts["same"], after.ready) == (23, 23, False)
    assert kept[:3] == (hashlib.sha256(demo_pack).hexdigest(), "dabiao", NOW)
    assert kept.counts == {**found.counts, "digest": json.loads(demo_pack)["digest"]}


def test_given_pictures_of_a_pack_when_they_are_drained_then_each_can_be_shown(
    templates, database, tmp_path, demo_pack
):
    with site(templates, database, tmp_path / "second") as made:
        taken_over(made, demo_pack)
        while drain(store(made), now=NOW, on_failed=print):
            pass
        states = set(db.session.execute(db.select(Picture.state)).scalars())

    assert states == {"ready"}


def test_given_a_small_site_when_a_pack_of_one_standard_comes_then_its_unit_is_chosen_and_the_standard_is_used(
    app, templates, database, tmp_path, demo_pack
):
    with site(templates, database, tmp_path / "second") as made:
        taken_over(made, demo_pack)
        body = export(["JGSW05004.01"], store(made))
    with app.app_context(), clock.at(NOW):
        builders.small_world()
        without = look(opened(body))
        chosen = look(opened(body), "care")
        done = taken_over(app, body, "care")
        row = edition_in_force("JGSW05004.01", NOW.date())
        owner = db.session.execute(
            db.select(Standard.responsible_id).where(Standard.code == "JGSW05004.01")
        ).scalar_one()

    assert [(fault.where, "物业管理科" in str(fault.sentence)) for fault in without.faults] == [("JGSW05004.01", True)]
    assert (chosen.ready, chosen.counts["new"], done, owner) == (True, 2, True, "care")
    assert row.number == "JGSW05004.01-2026"


def changed(body, change):
    """The pack with something changed and a right hash."""
    pack = json.loads(body)
    change(pack)
    return to_bytes({**pack, "digest": digest_of(pack)})


def of_code(pack, code="JGSW05003.01"):
    return next(each for each in pack["standards"] if each["code"] == code)


def test_given_a_number_that_stands_here_with_another_text_when_it_comes_then_all_of_it_is_refused(
    templates, database, tmp_path, demo_pack
):
    def other(pack):
        of_code(pack)["editions"][0]["document"]["steps"][1]["title"] = "别的步骤"
        pack["standards"][0]["editions"][0]["document"]["summary"] = "别的"

    with site(templates, database, tmp_path / "second") as made:
        taken_over(made, demo_pack)
        body = changed(demo_pack, other)
        found = look(opened(body))
        with pytest.raises(Conflict):
            taken_over(made, body, import_id=str(uuid.UUID(int=2, version=4)))
        back = export((), store(made))

    assert {fault.where for fault in found.faults} >= {"JGSW05003.01-2026"}
    assert found.counts["clash"] == 2
    assert back == demo_pack


def test_given_other_dates_when_they_come_then_what_stands_here_stays_and_new_ones_may_not_overlap(
    templates, database, tmp_path, demo_pack
):
    def later(pack):
        edition = of_code(pack)["editions"][0]
        edition["next_review_on"] = "2030-01-01"
        document = {**edition["document"], "number": "JGSW05003.01-2027", "year": 2027}
        new = {**edition, "number": "JGSW05003.01-2027", "year": 2027, "effective_on": "2027-07-01", "text": None}
        edition["ended_on"] = "2027-06-30"
        of_code(pack)["editions"].append({**new, "document": document})

    with site(templates, database, tmp_path / "second") as made:
        taken_over(made, demo_pack)
        found = look(opened(changed(demo_pack, later)))

    assert found.counts == {"new": 1, "same": 22, "kept": 1, "clash": 0}
    assert [fault.where for fault in found.faults] == ["JGSW05003.01-2027"]


def png_of(pixels):
    """A picture whose frame is right and whose pixels are none."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_given_a_hostile_picture_when_a_pack_brings_it_then_it_is_named_and_nothing_comes(
    templates, database, tmp_path, demo_pack
):
    broken = png_of(b"no pixels at all")
    name = hashlib.sha256(broken).hexdigest()

    def swapped(pack):
        step = next(step for step in of_code(pack)["editions"][0]["document"]["steps"] if step.get("reference_photo"))
        pack["files"].pop(step["reference_photo"])
        step["reference_photo"] = name
        pack["files"][name] = {
            "use": "picture", "media_type": "image/png", "body": base64.b64encode(broken).decode(),
        }  # fmt: skip

    with site(templates, database, tmp_path / "second") as made:
        came = opened(changed(demo_pack, swapped))
        with pytest.raises(Conflict):
            taken_over(made, changed(demo_pack, swapped))

        assert [fault.where for fault in came.faults] == [name]
        assert counted(Edition) == counted(Photo) == 0


def test_given_standards_that_are_not_there_when_they_are_asked_for_then_refused(inside_demo):
    with pytest.raises(Invalid):
        export(["JGSW05003.01", "JGSW05999"], store(inside_demo))
