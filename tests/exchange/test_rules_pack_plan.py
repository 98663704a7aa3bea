"""What a pack would bring beside what stands: new, the same, kept as it is, or a clash; never a change."""

import pytest

from app.exchange.rules_pack_plan import Fate, Here, fate_of, look_at, unit_for
from tests.support.packs import CODE, NUMBER, edition_entry, pack, standard_entry
from tests.support.standards import edition_document

UNITS = {"care": "物业科", "bureau": "局"}


def here(*editions, **keys):
    standing = {each["number"]: {**each, "code": CODE} for each in editions}
    return Here(standing, **({"units": UNITS} | keys))


def wheres(found):
    return [fault.where for fault in found.faults]


OTHER = edition_entry(document=edition_document(title="别的"))
LATER = edition_entry(next_review_on="2030-01-01")


@pytest.mark.parametrize(
    ("stands", "fate"),
    [(None, Fate.NEW), (edition_entry(), Fate.SAME), (LATER, Fate.KEPT), (OTHER, Fate.CLASH)],
)
def test_given_what_stands_when_compared_then_the_fate(stands, fate):
    assert fate_of(edition_entry(), stands) is fate


def test_given_an_empty_site_when_looked_at_then_all_is_new_with_the_units_of_the_pack():
    found = look_at(pack(), Here())

    assert (found.ready, found.makes_units, found.counts) == (True, True, {"new": 1, "same": 0, "kept": 0, "clash": 0})
    assert found.units == {CODE: "care"}
    one = found.coming[0]
    assert (one.number, one.title, one.status, one.effective_on) == (
        NUMBER,
        "卫生间日常保洁",
        "effective",
        "2026-07-01",
    )
    assert (one.unit, one.steps, one.other_head, one.fate) == ("物业科", 1, False, Fate.NEW)
    assert found.digest == pack()["digest"]


def test_given_the_same_edition_when_looked_at_then_nothing_would_change():
    found = look_at(pack(), here(edition_entry(), codes={CODE: "另一个名称"}, owners={CODE: "bureau"}))

    assert (found.ready, found.makes_units, wheres(found)) == (False, False, [])
    assert found.coming[0].other_head
    assert found.units == {CODE: "bureau"}
    assert found.coming[0].unit == "局"


def test_given_another_text_under_the_number_when_looked_at_then_a_fault_and_not_ready():
    found = look_at(pack(), here(OTHER))

    assert (wheres(found), found.ready, found.counts["clash"]) == ([NUMBER], False, 1)


def test_given_other_dates_only_when_looked_at_then_no_fault_although_the_terms_share_days():
    found = look_at(pack(), here(LATER, owners={CODE: "care"}))

    assert (wheres(found), found.ready, found.counts["kept"]) == ([], False, 1)


def before(ended_on):
    return edition_entry(number=f"{CODE}-2023", effective_on="2023-07-01", ended_on=ended_on)


def test_given_one_edition_that_stands_and_one_that_is_new_when_looked_at_then_it_may_come_unless_held():
    both = pack(standard_entry(before("2026-06-30"), edition_entry()))

    found = look_at(both, here(before("2026-06-30"), owners={CODE: "care"}))
    held = look_at(both, here(before("2026-06-30"), owners={CODE: "care"}, in_the_making={CODE}))

    assert (found.ready, found.counts["same"], found.counts["new"]) == (True, 1, 1)
    assert wheres(held) == [NUMBER]


@pytest.mark.parametrize(("ended_on", "held"), [("2026-06-30", []), ("2026-07-01", [NUMBER]), (None, [NUMBER])])
def test_given_an_earlier_edition_here_when_the_new_one_comes_then_they_may_not_share_a_day(ended_on, held):
    found = look_at(pack(), here(before(ended_on)))

    assert wheres(found) == held
    assert found.ready is not bool(held)
    assert all(f"{CODE}-2023" in str(fault.sentence) for fault in found.faults)


def test_given_an_edition_of_another_standard_when_the_terms_share_days_then_nothing_is_said():
    standing = {"JGSW05009-2023": {**before(None), "code": "JGSW05009"}}

    assert not look_at(pack(), Here(standing, units=UNITS)).faults


def test_given_a_project_of_the_number_when_looked_at_then_refused_but_not_for_what_stands():
    new = look_at(pack(), here(in_the_making={CODE}))
    same = look_at(pack(), here(edition_entry(), in_the_making={CODE}))

    assert wheres(new) == [NUMBER]
    assert wheres(same) == []


def test_given_an_unknown_unit_when_looked_at_then_its_name_is_told_until_one_is_chosen():
    far = pack(standard_entry(responsible={"id": "far", "name": "远方科"}))

    without, chosen, wrong = (look_at(far, here(), unit) for unit in ("", "bureau", "nobody"))

    assert wheres(without) == wheres(wrong) == [CODE]
    assert "远方科" in str(without.faults[0].sentence)
    assert without.coming[0].unit == "远方科"
    assert (chosen.faults, chosen.units) == ([], {CODE: "bureau"})


@pytest.mark.parametrize(
    ("responsible", "unit"),
    [
        ({"id": "care", "name": "物业科"}, "care"),
        ({"id": "other", "name": "物业科"}, "care"),
        ({"id": "care", "name": "别的科"}, "else"),
        ({"id": "x", "name": "两个"}, "else"),
        ({"id": "one", "name": "两个"}, "one"),
    ],
)
def test_given_a_unit_of_the_pack_when_looked_for_then_by_id_and_name_then_name_then_the_chosen(responsible, unit):
    known = {**UNITS, "one": "两个", "two": "两个", "else": "其他"}

    assert unit_for(responsible, known, "else") == unit
    assert unit_for({"id": "x", "name": "y"}, known, "gone") == ""
