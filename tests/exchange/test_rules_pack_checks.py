"""What does not hold in a pack by itself: its form, numbers, dates, texts, files."""

import copy
import json
import time

import pytest

from app.exchange.rules_pack import MOST_FILE_BYTES
from app.exchange.rules_pack_checks import bytes_of, content_faults, day, overlap, term_of
from app.exchange.rules_pack_schema import SCHEMA, schema_faults, with_address
from tests.support import packs
from tests.support.packs import CODE, NUMBER, PICTURE, SOUND, TEXT, edition_entry, entry, named, pack, standard_entry
from tests.support.pictures import LOCATION, jpeg
from tests.support.standards import edition_document, step_document


def told(faults):
    return [(fault.where, str(fault.sentence)) for fault in faults]


def with_edition(**keys):
    return pack(standard_entry(edition_entry(**keys)))


def with_document(*steps, **keys):
    return with_edition(document=edition_document(*steps, **keys))


def only(faults, where, word):
    assert [fault.where for fault in faults] == [where], told(faults)
    assert word in str(faults[0].sentence), told(faults)


def test_given_packs_that_hold_when_judged_then_no_faults():
    for each in (pack(), packs.full_pack()):
        assert told(schema_faults(each)) == []
        assert told(content_faults(each)) == []


def test_given_the_schema_when_published_then_its_id_is_its_address_and_the_rest_the_same():
    found = with_address("https://example.org/")

    assert found["$id"] == "https://example.org/schemas/standards-pack-1.json"
    assert {**found, "$id": ""} == {**SCHEMA, "$id": ""}
    assert with_address("https://example.org/~")["$id"] == "https://example.org/~/schemas/standards-pack-1.json"


@pytest.mark.parametrize(
    ("place", "change", "word"),
    [
        ("/", lambda each: each.pop("units"), "units"),
        ("/", lambda each: each.update(more=1), "more"),
        ("/standards", lambda each: each.update(standards=[]), "empty"),
        ("/standards/0", lambda each: each["standards"][0].pop("title"), "title"),
        ("/standards/0/code", lambda each: each["standards"][0].update(code="x"), "written"),
        ("/standards/0/title", lambda each: each["standards"][0].update(title="字" * 121), "long"),
        ("/standards/0/title", lambda each: each["standards"][0].update(title=""), "empty"),
        ("/standards/0/public", lambda each: each["standards"][0].update(public=1), "kind"),
        ("/standards/0/editions/0/status", lambda each: edition(each).update(status="new"), "words"),
        ("/standards/0/editions/0/year", lambda each: edition(each).update(year=1), "small"),
        ("/standards/0/editions/0/year", lambda each: edition(each).update(year=9999), "large"),
        ("/standards/0/editions/0/effective_on", lambda each: edition(each).update(effective_on="1.7.2026"), "written"),
        ("/standards/0/editions/0/document/steps/0", lambda each: step(each).pop("evidence"), "evidence"),
        ("/standards/0/editions/0/document/steps/0/evidence", lambda each: step(each).update(evidence="x"), "words"),
        ("/standards/0/editions/0/document/steps", lambda each: step(each, 121), "many"),
        ("/files/x", lambda each: each.update(files={"x": {}}), "use"),
        ("/units/0/id", lambda each: each["units"][0].update(id="a/b"), "written"),
        ("/version", lambda each: each.update(version=2), "words"),
    ],
)
def test_given_a_pack_out_of_form_when_held_against_the_schema_then_the_place_and_a_sentence(place, change, word):
    changed = copy.deepcopy(pack())
    change(changed)

    found = told(schema_faults(changed))

    assert any(where == place and word in sentence for where, sentence in found), found


def test_given_long_names_when_a_fault_tells_them_then_their_beginning():
    strange = {**copy.deepcopy(pack()), "files": {"x" * 70: {}}, "y" * 50: 1}

    found = told(schema_faults(strange))

    assert f"/files/{'x' * 64}" in [where for where, _ in found]
    assert any(f" {'y' * 40}." in sentence for _, sentence in found)


def edition(changed):
    return changed["standards"][0]["editions"][0]


def step(changed, times=1):
    steps = edition(changed)["document"]["steps"]
    steps *= times
    return steps[0]


def test_given_many_faults_when_held_against_the_schema_then_no_more_than_people_read():
    changed = copy.deepcopy(pack())
    changed["standards"] = [{}] * 100

    assert len(schema_faults(changed)) == 60
    assert len(schema_faults(changed, 3)) == 3


def test_given_terms_when_compared_then_sharing_one_day_is_an_overlap():
    first = term_of(edition_entry(effective_on="2026-01-01", ended_on="2026-06-30"))
    next_day = term_of(edition_entry(effective_on="2026-07-01"))
    same_day = term_of(edition_entry(effective_on="2026-06-30"))
    never = term_of(edition_entry(effective_on=None, ended_on="2026-06-30"))

    assert not overlap(first, next_day) and not overlap(next_day, first)
    assert overlap(first, same_day) and overlap(same_day, first)
    assert overlap(next_day, same_day)
    assert never is None and not overlap(never, first) and not overlap(first, never)


def test_given_days_when_read_then_those_that_exist():
    assert str(day("2026-02-28")) == "2026-02-28"
    assert [day(text) for text in ("2026-02-30", "", None, "x")] == [None] * 4


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ({"effective_on": None}, "takes effect"),
        ({"ended_on": "2026-06-30"}, "before"),
        ({"approved_on": "2026-02-30"}, "day"),
        ({"number": "JGSW05004.01-2026"}, "begin"),
        ({"number": "JGSW05003.01-"}, "begin"),
        ({"number": "JGSW05003.01-2026/x"}, "begin"),
        ({"number": "JGSW05003.01-2027"}, "year"),
        ({"year": 2027}, "year"),
    ],
)
def test_given_an_edition_at_odds_with_itself_when_judged_then_it_is_named(keys, word):
    document = edition_document(number=keys.get("number", NUMBER), year=keys.get("year", 2026))
    changed = with_edition(document=document, **keys)

    only(content_faults(changed), keys.get("number", NUMBER), word)


@pytest.mark.parametrize("status", ["published", "trial", "effective", "confirmed", "superseded"])
def test_given_a_state_that_holds_or_held_when_judged_then_it_has_a_first_day_and_its_year(status):
    without = content_faults(with_edition(status=status, effective_on=None))

    only(without, NUMBER, "takes effect")
    assert not content_faults(with_edition(status=status, ended_on="2026-07-01"))


@pytest.mark.parametrize("status", ["draft", "comment", "abolished"])
def test_given_a_draft_without_year_or_steps_when_judged_then_it_holds(status):
    number = f"{CODE}-(草案)"
    document = {"number": number, "code": CODE, "year": 2026, "title": "草案", "steps": []}

    assert not content_faults(with_edition(number=number, status=status, effective_on=None, document=document))


def test_given_windows_but_no_steps_when_judged_then_nobody_could_work_by_it():
    empty = edition_document() | {"steps": [], "schedules": [{"id": "A", "kind": "calendar"}]}

    assert f"{NUMBER} schedule A" in [fault.where for fault in content_faults(with_edition(document=empty))]
    assert not content_faults(with_edition(document={**empty, "schedules": []}))


def test_given_odd_letters_in_numbers_when_judged_then_only_those_of_addresses_are_refused():
    number, code = f"{CODE}-草~", f"{CODE}\n"
    document = edition_document(number=number)
    broken = edition_entry(number=f"{code}-2026", document=edition_document(code=code, number=f"{code}-2026"))

    assert not content_faults(with_edition(number=number, status="draft", effective_on=None, document=document))
    only(content_faults(pack(standard_entry(broken, code=code))), f"{code}-2026", "begin")


@pytest.mark.parametrize("key", ["number", "code", "year"])
def test_given_a_document_of_another_number_when_judged_then_named(key):
    only(content_faults(with_document(**{key: 2020 if key == "year" else "other"})), NUMBER, "another")


def test_given_steps_that_cannot_be_worked_when_judged_then_edition_and_step_are_named():
    upside_down = step_document("S01", "number", unit="℃", min=30, max=20)
    one = step_document("S01", applies_when={"fact": "steps.S02.result", "eq": "pass"})
    two = step_document("S02", applies_when={"fact": "steps.S01.result", "eq": "pass"})

    limits, circle = (told(content_faults(with_document(*steps))) for steps in ((upside_down,), (one, two)))

    assert [where for where, _ in limits] == [f"{NUMBER} S01"]
    assert "above" in limits[0][1]
    assert f"{NUMBER} S01" in [where for where, _ in circle]
    assert "wait for each other" in str(circle)


def test_given_schedules_that_never_fall_when_judged_then_soon():
    never = {"id": "A", "kind": "calendar", "rrule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "dtstart": "20260101"}
    schedules = [{**never, "id": f"A{number}"} for number in range(12)]
    began = time.perf_counter()

    found = content_faults(with_document(schedules=schedules))

    assert {fault.where for fault in found} == {f"{NUMBER} schedule A{number}" for number in range(12)}
    assert time.perf_counter() - began < 5


def test_given_a_document_that_cannot_be_parsed_when_judged_then_one_sentence():
    broken = step_document("S01", inputs=[{"id": "a"}])

    only(content_faults(with_document(broken)), NUMBER, "cannot be read")


def test_given_numbers_twice_when_judged_then_each_is_named():
    found = content_faults(pack(standard_entry(), standard_entry()))
    twice = content_faults(pack(standard_entry(edition_entry(), edition_entry())))

    assert [fault.where for fault in found] == [CODE, NUMBER]
    assert [fault.where for fault in twice] == [NUMBER, NUMBER]
    assert "same" not in str(twice[1].sentence) and NUMBER in str(twice[1].sentence)


def earlier(**keys):
    number = f"{CODE}-2023"
    document = edition_document(number=number, year=2023)
    first = {"status": "superseded", "effective_on": "2023-07-01", "ended_on": "2026-06-30"}
    return edition_entry(number=number, year=2023, document=document, **{**first, **keys})


def test_given_two_editions_when_one_ends_the_day_before_then_they_hold_else_not():
    assert not content_faults(pack(standard_entry(earlier(), edition_entry())))
    only(content_faults(pack(standard_entry(earlier(ended_on="2026-07-01"), edition_entry()))), NUMBER, f"{CODE}-2023")


@pytest.mark.parametrize(
    ("units", "where"),
    [
        ([{**packs.UNITS[0], "parent_id": "care"}], "care"),
        ([{**packs.UNITS[0], "parent_id": "gone"}], "care"),
        ([packs.UNITS[0], {**packs.UNITS[1], "parent_id": "care"}], "bureau"),
        ([*packs.UNITS, packs.UNITS[0]], "twice"),
    ],
)
def test_given_units_without_a_top_when_judged_then_refused(units, where):
    found = told(content_faults(pack(units=units)))

    assert {place for place, _ in found} == {"/units"}
    assert where in str(found)


def changed_file(name, **keys):
    full = packs.full_pack()
    full["files"][name] |= keys
    return full


@pytest.mark.parametrize(
    ("body", "keys", "word"),
    [
        (PICTURE, {"body": "?"}, "cannot be read"),
        (PICTURE, {"body": ""}, "does not fit"),
        (PICTURE, {"media_type": "image/png"}, "called"),
        (SOUND, {"media_type": "audio/mpeg"}, "called"),
        (TEXT, {"media_type": "text/html"}, "called"),
    ],
)
def test_given_a_file_that_is_not_what_it_is_called_when_judged_then_its_hash_names_it(body, keys, word):
    only(content_faults(changed_file(named(body), **keys)), named(body), word)


def test_given_several_bad_files_when_judged_then_each_is_told():
    full = packs.full_pack()
    for each in full["files"].values():
        each["body"] = "?"

    assert [fault.where for fault in content_faults(full)] == list(full["files"])


@pytest.mark.parametrize(("more", "word"), [(0, "called"), (1, "large")])
def test_given_a_file_at_its_cap_when_judged_then_one_byte_more_is_too_large(more, word):
    body = b"x" * (MOST_FILE_BYTES + more)
    edition = edition_entry(text={"name": "a.pdf", "file": named(body)})
    whole = {named(body): entry("text", "application/pdf", body)}

    only(content_faults(pack(standard_entry(edition), files=whole)), named(body), word)


@pytest.mark.parametrize(
    ("use", "media_type", "body"),
    [
        ("picture", "image/svg+xml", b"<svg onload='alert(1)'/>"),
        ("picture", "image/jpeg", b"\xff\xd8\xff\xe0 no picture"),
        ("picture", "audio/wav", SOUND + b"x"),
        ("recording", "image/jpeg", jpeg(33, 33)),
        ("text", "image/jpeg", jpeg(33, 33)),
        ("text", "text/html", b"<script>alert(1)</script>"),
    ],
)
def test_given_hostile_bytes_when_judged_then_refused(use, media_type, body):
    full = packs.full_pack()
    part = next(name for name, each in full["files"].items() if each["use"] == use)
    del full["files"][part]
    full["files"][named(body)] = entry(use, media_type, body)
    full = json.loads(json.dumps(full).replace(part, named(body)))

    only(content_faults(full), named(body), "called")


def test_given_a_picture_that_tells_where_it_was_taken_when_judged_then_refused():
    exif = jpeg(64, 64, comment=LOCATION)
    step = step_document("S01", "photo", photo_min=1, reference_photo=named(exif))
    changed = pack(
        standard_entry(edition_entry(document=edition_document(step))),
        files={named(exif): entry("picture", "image/jpeg", exif)},
    )

    only(content_faults(changed), named(exif), "called")


def test_given_files_that_are_missing_or_named_by_nothing_when_judged_then_both_are_told():
    full = packs.full_pack()
    moved = {**full, "files": {**full["files"]}}
    body = moved["files"].pop(named(PICTURE))
    other = jpeg(32, 32)
    moved["files"][named(other)] = entry("picture", "image/jpeg", other)

    found = dict(told(content_faults(moved)))

    assert set(found) == {f"{NUMBER} S01", named(other)}
    assert f"{named(PICTURE)[:12]} is not in the pack" in found[f"{NUMBER} S01"]
    assert "Nothing" in found[named(other)]
    assert bytes_of(body) == PICTURE


def test_given_a_file_used_for_another_purpose_when_judged_then_it_counts_as_missing():
    text, sound = packs.full_pack(), packs.full_pack()
    text["files"][named(TEXT)] |= {"use": "recording"}
    sound["files"][named(SOUND)] |= {"use": "text"}

    assert [fault.where for fault in content_faults(text)] == [NUMBER, named(TEXT), named(TEXT)]
    assert [fault.where for fault in content_faults(sound)] == [f"{CODE} S01", named(SOUND), named(SOUND)]


def test_given_a_recording_of_other_words_when_judged_then_the_standard_is_named():
    full = packs.full_pack()
    full["standards"][0]["recordings"][0]["words"] = "0" * 16

    only(content_faults(full), CODE, "recording")
