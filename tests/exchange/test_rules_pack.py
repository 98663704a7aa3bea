"""What a pack is: order, hash, bytes; and what is refused of the bytes of strangers."""

import copy
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.exchange.rules_pack import MOST_BYTES, build, digest_of, file_entry, life_of, pictures_of, to_bytes
from app.exchange.rules_pack_reading import MOST_DEPTH, MOST_TEXT, MOST_VALUES, looks_like_pack, read_pack
from app.refusals import Invalid, TooLarge, Unsupported
from tests.support import packs

PLAIN = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53) + 1, 2**53 - 1) | some.text("abc中", max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text("abz中", max_size=3), inner, max_size=3),
    max_leaves=10,
)


def refused(body, kind=Invalid):
    with pytest.raises(kind) as found:
        read_pack(body)
    return str(found.value.sentence)


def test_given_parts_in_any_order_when_built_then_the_order_and_the_hash_are_the_same():
    first, second = packs.standard_entry(code="JGSW05001"), packs.standard_entry(code="JGSW05002")
    editions = [packs.edition_entry(number="b"), packs.edition_entry(number="a")]
    recordings = [{"step": "S02", "words": "a", "file": "a"}, {"step": "S01", "words": "b", "file": "c"}]
    one = build(packs.UNITS, [second, {**first, "editions": editions, "recordings": recordings}], {})
    other = build(
        packs.UNITS[::-1], [{**first, "editions": editions[::-1], "recordings": recordings[::-1]}, second], {}
    )

    assert one == other
    assert [each["code"] for each in one["standards"]] == ["JGSW05001", "JGSW05002"]
    assert [each["number"] for each in one["standards"][0]["editions"]] == ["a", "b"]
    assert [each["step"] for each in one["standards"][0]["recordings"]] == ["S01", "S02"]
    assert [each["id"] for each in one["units"]] == ["bureau", "care"]
    assert (one["format"], one["version"], one["digest"]) == ("dabiao-standards-pack", 1, digest_of(one))


def test_given_a_pack_when_its_hash_is_made_by_hand_then_it_is_that_of_the_canonical_form_without_bytes():
    pack = packs.full_pack()
    plain = {key: value for key, value in pack.items() if key != "digest"}
    plain["files"] = {name: {**each, "body": ""} for name, each in pack["files"].items()}
    written = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert pack["digest"] == packs.named(written.encode())


def test_given_a_pack_when_anything_but_the_bytes_of_files_changes_then_its_hash_changes():
    pack = packs.full_pack()
    changed = copy.deepcopy(pack)
    changed["files"][packs.named(packs.PICTURE)]["orientation"] = 6
    longer = copy.deepcopy(pack)
    longer["files"][packs.named(packs.PICTURE)]["body"] = "AAAA"

    assert digest_of(changed) != pack["digest"]
    assert digest_of(longer) == pack["digest"]
    assert digest_of({**pack, "version": 2}) != pack["digest"]
    assert digest_of({**pack, "digest": "0"}) == pack["digest"]


@given(PLAIN)
def test_given_any_document_when_written_and_read_then_it_is_the_same_pack(extra):
    document = packs.edition_document() | {"x-extra": extra}
    pack = packs.pack(packs.standard_entry(packs.edition_entry(document=document)))

    body = to_bytes(pack)

    assert read_pack(body) == pack
    assert to_bytes(read_pack(body)) == body
    assert body.endswith(b"}\n")


def test_given_a_file_when_it_is_put_in_then_base64_of_its_bytes():
    assert file_entry("text", "application/pdf", b"\x00\xff") == {
        "use": "text", "media_type": "application/pdf", "body": "AP8=",
    }  # fmt: skip


def test_given_a_document_when_its_pictures_are_asked_for_then_each_with_its_step():
    steps = [packs.step_document("S01"), packs.step_document("S02", reference_photo="aa")]

    assert pictures_of(packs.edition_document(*steps)) == [("S02", "aa")]


def test_given_an_edition_when_its_life_is_compared_then_state_dates_and_mark_count():
    changes = {
        "status": "trial", "effective_on": None, "ended_on": "2027-01-01", "approved_on": None,
        "next_review_on": None, "cover_mark": "试行",
    }  # fmt: skip

    lives = [life_of(packs.edition_entry(**{name: value})) for name, value in changes.items()]

    assert len({*lives, life_of(packs.edition_entry())}) == 7
    assert life_of(packs.edition_entry(year=1, text={})) == life_of(packs.edition_entry())


def test_given_a_later_version_when_read_then_the_sentence_names_both():
    sentence = refused(json.dumps({**packs.pack(), "version": 7}).encode())

    assert "7" in sentence and "1" in sentence


@pytest.mark.parametrize("version", [0, -1, "1", None, True, 1.0, [1]])
def test_given_no_version_at_all_when_read_then_it_is_no_pack(version):
    refused(json.dumps({**packs.pack(), "version": version}).encode(), Unsupported)


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"[]", b"null", b"1", b'"a"', b"{}", b'{"format": 1}', b"PK\x03\x04", b"{" * 10, b"nul"]
)
def test_given_what_is_no_pack_when_read_then_it_says_so(body):
    refused(body, Unsupported)


def test_given_a_pack_that_was_cut_or_changed_when_read_then_refused():
    body = to_bytes(packs.full_pack())

    refused(body[:-3], Unsupported)
    refused(body.replace("卫生间日常保洁".encode(), "别的".encode()))
    refused(body.replace(b'"digest": "', b'"digest": "0'))
    assert read_pack(b"\xef\xbb\xbf" + body) == packs.full_pack()


def test_given_a_file_that_is_not_even_in_form_when_read_then_its_schema_will_tell():
    assert read_pack(json.dumps({**packs.pack(), "files": []}).encode())["files"] == []
    assert read_pack(json.dumps({**packs.pack(), "files": {"a": 1}}).encode())["files"] == {"a": 1}
    assert read_pack(json.dumps({**packs.pack(), "files": {"a": {}, "b": 1}}).encode())["files"]["b"] == 1


def test_given_keys_twice_when_read_then_the_key_is_named():
    body = to_bytes(packs.pack())

    assert "title" in refused(body.replace(b'"title":', b'"title": "x", "title":', 1))


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    document = packs.edition_document() | {"deep": value}
    return packs.with_digest(packs.pack(packs.standard_entry(packs.edition_entry(document=document))))


def test_given_deep_nesting_when_read_then_refused_past_the_cap_and_far_past_it():
    # The list itself lies seven levels down.
    assert read_pack(nested(MOST_DEPTH - 7))
    refused(nested(MOST_DEPTH - 6))
    refused(b'{"a":' * 100_000 + b"1" + b"}" * 100_000)
    refused(b"[" * 100_000)


def documented(**keys):
    """A pack whose document has these keys, under a hash that is not looked at yet."""
    document = packs.edition_document() | keys
    return json.dumps({**packs.pack(), "standards": [packs.standard_entry(packs.edition_entry(document=document))]})


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"x": "a\0b"}, "printed"), ({"x": "\x1b[31m"}, "printed"), ({"x": "\ud800"}, "printed"),
        ({"x": chr(0xDFFF)}, "printed"),
        ({"\0": 1}, "printed"), ({"x": "\x7f"}, "printed"), ({"x": 2**53}, "number"), ({"x": -(2**53)}, "number"),
        ({"x": 1e300}, "number"), ({"x": float("nan")}, "number"), ({"x": float("inf")}, "number"),
        ({"x": "a" * (MOST_TEXT + 1)}, str(MOST_TEXT)), ({"body": "a" * (MOST_TEXT + 1)}, str(MOST_TEXT)),
    ],
)  # fmt: skip
def test_given_odd_values_when_read_then_refused_with_what_is_odd(keys, told):
    assert told in refused(documented(**keys).encode())


def test_given_a_number_too_large_for_any_float_when_read_then_refused():
    assert "number" in refused(documented(x=1).replace('"x": 1}', '"x": 1e999}').encode())


def test_given_texts_and_numbers_at_their_caps_when_read_then_they_are_taken():
    document = packs.edition_document() | {"x": "a" * MOST_TEXT, "y": 2**53 - 1, "z": 1 - 2**53, "lines": "a\n\r\tb"}
    pack = packs.pack(packs.standard_entry(packs.edition_entry(document=document)))

    assert read_pack(to_bytes(pack)) == pack


def counted(value):
    """Values and keys."""
    if isinstance(value, dict):
        return 1 + len(value) + sum(map(counted, value.values()))
    return 1 + sum(map(counted, value)) if isinstance(value, list) else 1


def test_given_as_many_values_as_there_may_be_when_read_then_they_are_taken_and_one_more_is_not():
    room = MOST_VALUES - counted(json.loads(documented(x=[])))
    full, over = (packs.with_digest(json.loads(documented(x=[1] * many))) for many in (room, room + 1))

    assert read_pack(full)
    refused(over, TooLarge)


def test_given_a_long_file_when_read_then_it_is_no_text_but_elsewhere_it_would_be():
    long = packs.entry("text", "application/pdf", b"x" * MOST_TEXT)
    strange = {**long, "media_type": "a" * (MOST_TEXT + 1)}

    assert read_pack(to_bytes(packs.pack(files={"a": long})))["files"] == {"a": long}
    refused(to_bytes(packs.pack(files={"a": strange})))
    refused(to_bytes(packs.pack(files={"a": {**long, "body": "中" * (MOST_TEXT + 1)}})))
    refused(to_bytes(packs.pack(files={"a": {**long, "body": ["a" * (MOST_TEXT + 1)]}})))


def test_given_too_many_bytes_or_values_when_read_then_too_large_and_soon():
    began = time.perf_counter()

    refused(b" " * (MOST_BYTES + 1), TooLarge)
    refused(documented(x=[1] * 500_000).encode(), TooLarge)
    refused(b" " * MOST_BYTES, Unsupported)

    assert time.perf_counter() - began < 30


def test_given_the_start_of_a_file_when_looked_at_then_packs_are_told_from_workbooks():
    assert looks_like_pack(b"\xef\xbb\xbf \n{")
    assert looks_like_pack(b'{"format"')
    assert not looks_like_pack(b"PK\x03\x04{")
    assert not looks_like_pack(b"")
