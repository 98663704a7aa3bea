"""What may be said of an item, when all items make a conclusion, and what is signed."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inspections.rules_items import (
    LEAST_FACT,
    Conclusion,
    ItemView,
    Overall,
    Said,
    Way,
    counted,
    faults,
    finish_faults,
    signed_content,
)
from app.inspections.rules_signing import Side, SignWay, closes, sign_faults

FACT = "培训台账缺签到表"


def item(no=1, conclusion=Conclusion.CONFORMS, **keys):
    return ItemView(no, f"项目{no}", "内容", Said(conclusion=conclusion, **keys), 0)


def test_given_a_nonconforming_item_without_a_fact_when_saved_then_refused():
    assert set(faults(Said(conclusion=Conclusion.NONCONFORMING, fact="  短 "))) == {"fact"}
    assert faults(Said(conclusion=Conclusion.NONCONFORMING, fact=FACT)) == {}


def test_given_an_item_that_does_not_apply_when_saved_then_the_record_says_why():
    assert set(faults(Said(conclusion=Conclusion.NOT_APPLICABLE, record=" "))) == {"record"}
    assert faults(Said(conclusion=Conclusion.NOT_APPLICABLE, record="本单位无此设备")) == {}


def test_given_an_item_half_written_when_saved_then_it_needs_no_conclusion_yet():
    assert faults(Said(record="问了班长")) == {}


def test_given_a_registered_finding_when_the_item_is_called_fine_then_refused():
    assert set(faults(Said(conclusion=Conclusion.CONFORMS), registered=True)) == {"conclusion"}
    assert faults(Said(conclusion=Conclusion.NONCONFORMING, fact=FACT), registered=True) == {}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(record="长" * 4001), "record"),
        (Said(fact="长" * 1001), "fact"),
        (Said(severity="terrible"), "severity"),
    ],
)
def test_given_a_value_beyond_its_bounds_when_saved_then_its_field_is_named(said, field):
    assert set(faults(said)) == {field}


def test_given_bounds_when_reached_exactly_then_kept():
    assert faults(Said(record="长" * 4000, fact="长" * 1000, severity="critical")) == {}


@pytest.mark.parametrize(
    ("conclusions", "overall", "fields"),
    [
        ([Conclusion.CONFORMS, Conclusion.NOT_APPLICABLE], Overall.CONFORMS, set()),
        ([Conclusion.CONFORMS, Conclusion.NONCONFORMING], Overall.MOSTLY, set()),
        ([Conclusion.CONFORMS, Conclusion.NONCONFORMING], Overall.NONCONFORMING, set()),
        ([Conclusion.CONFORMS, Conclusion.NONCONFORMING], Overall.CONFORMS, {"conclusion"}),
        ([Conclusion.CONFORMS, Conclusion.CONFORMS], Overall.MOSTLY, {"conclusion"}),
        ([Conclusion.CONFORMS, None], Overall.CONFORMS, {"missing"}),
        ([Conclusion.CONFORMS, None], Overall.MOSTLY, {"missing"}),
        ([Conclusion.CONFORMS], None, {"conclusion"}),
    ],
)
def test_given_items_when_finished_then_the_whole_agrees_with_them(conclusions, overall, fields):
    items = [item(no, each) for no, each in enumerate(conclusions, 1)]

    assert set(finish_faults(items, overall, "")) == fields


def test_given_a_summary_too_long_when_finished_then_named():
    assert set(finish_faults([item()], Overall.CONFORMS, "长" * 2001)) == {"summary"}
    assert finish_faults([item()], Overall.CONFORMS, "长" * 2000) == {}


@given(st.lists(st.sampled_from([*Conclusion, None])))
def test_given_any_items_when_counted_then_none_is_lost(conclusions):
    found = counted(conclusions)

    assert sum(found.values()) == len(conclusions)
    assert found["open"] == conclusions.count(None)


def test_given_a_signed_inspection_when_anything_is_changed_then_its_digest_changes():
    head = {"number": "JC1", "unit": "care"}
    items = [item(1), item(2, Conclusion.NONCONFORMING, fact=FACT)]
    digest = signed_content(head, items)

    others = [
        signed_content({**head, "unit": "clean"}, items),
        signed_content(head, items[:1]),
        signed_content(head, [items[0], replace(items[1], said=replace(items[1].said, severity="major"))]),
        signed_content(head, [replace(items[0], said=replace(items[0].said, ways=(Way.ASK,))), items[1]]),
    ]

    assert digest == signed_content(dict(reversed(head.items())), list(items))
    assert len({digest, *others}) == 5


@pytest.mark.parametrize(
    ("way", "words", "name", "objects", "fields"),
    [
        (SignWay.OWN, "", "", False, set()),
        (SignWay.OWN, "", "", True, {"words"}),
        (SignWay.OWN, "事实不清", "", True, set()),
        (SignWay.PAPER, "", "", False, {"name"}),
        (SignWay.PAPER, "", "班长", False, set()),
        (SignWay.REFUSED, "", "班长", False, {"words"}),
        (SignWay.REFUSED, "负责人不在场", "班长", False, set()),
        (SignWay.REFUSED, "长" * 1001, "长" * 81, False, {"words", "name"}),
    ],
)
def test_given_a_signature_when_looked_at_then_an_objection_has_its_words(way, words, name, objects, fields):
    assert set(sign_faults(way, words, name, objects=objects)) == fields


def test_given_signatures_when_both_sides_are_there_then_it_closes():
    assert not closes([Side.INSPECTORS])
    assert not closes(["inspected"])
    assert closes(["inspected", Side.INSPECTORS])


@pytest.mark.parametrize(("fact", "fields"), [("一" * (LEAST_FACT - 1), {"fact"}), ("一" * LEAST_FACT, set())])
def test_given_a_fact_when_as_long_as_the_least_then_it_is_one(fact, fields):
    assert set(faults(Said(conclusion=Conclusion.NONCONFORMING, fact=f" {fact} "))) == fields


def test_given_a_signed_inspection_when_a_checker_writes_its_digest_anew_then_the_form_is_the_one_written_down():
    line = {
        "no": 1, "title": "项目1", "content": "内容", "ways": ["ask"], "record": "问了班长", "conclusion": "conforms",
        "fact": "", "severity": "minor",
    }  # fmt: skip
    plain = json.dumps([{"unit": "care"}, [line]], sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    digest = signed_content({"unit": "care"}, [item(record="问了班长", ways=(Way.ASK,))])

    assert digest == hashlib.sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize("words", ["四个字呢", "长" * 1000])
@pytest.mark.parametrize("name", ["王", "长" * 80])
def test_given_a_signature_when_its_texts_are_at_their_bounds_then_it_stands(words, name):
    assert sign_faults(SignWay.REFUSED, words, name, objects=False) == {}
