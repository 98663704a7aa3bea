"""Given the document of a draft, when it is edited, then the new one differs by that deed only and undo leads back."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Invalid, NotFound
from app.standards import rules_editing as editing
from app.standards.rules import parse_edition
from app.standards.rules_document import faults_of
from app.standards.rules_document_when import window_minutes
from app.standards.rules_history import Version, merge, redo_to, undo_to
from tests.support.standards import edition_document, step_document

DEMO = Path(__file__).parents[2] / "app/demo/data/standards.json"


def of(*ids):
    return edition_document(*(step_document(each) for each in ids)) | {"steps": [step_document(each) for each in ids]}


def ids(document):
    return [step["id"] for step in document["steps"]]


def test_given_steps_when_one_is_added_then_it_stands_behind_the_named_one_or_last():
    document = of("S01", "S02")

    assert ids(editing.add_steps(document, [step_document("S03")], "S01")) == ["S01", "S03", "S02"]
    assert ids(editing.add_steps(document, [step_document("S03")])) == ["S01", "S02", "S03"]
    assert ids(document) == ["S01", "S02"]


def test_given_as_many_steps_as_can_be_when_one_more_comes_then_it_is_refused():
    full = of(*(f"S{at}" for at in range(120)))

    with pytest.raises(Invalid):
        editing.add_steps(full, [step_document("S999")])
    assert len(editing.add_steps(of(*(f"S{at}" for at in range(119))), [step_document("S999")])["steps"]) == 120


def test_given_a_step_when_duplicated_then_the_copy_stands_right_behind_it():
    found = editing.duplicate(of("S01", "S02"), "S01", "S03")

    assert ids(found) == ["S01", "S03", "S02"]
    assert found["steps"][1]["title"] == found["steps"][0]["title"]


@pytest.mark.parametrize(("to", "order"), [(0, "312"), (1, "132"), (2, "123"), (9, "123"), (-4, "312")])
def test_given_a_step_when_moved_then_the_others_keep_their_order(to, order):
    assert ids(editing.move(of("1", "2", "3"), "3", to)) == list(order)


def test_given_a_step_when_removed_then_it_is_gone_and_others_stay():
    assert ids(editing.remove(of("S01", "S02", "S03"), "step", "S02")) == ["S01", "S03"]
    with pytest.raises(NotFound):
        editing.remove(of("S01"), "step", "S02")


def test_given_names_when_the_next_is_asked_then_it_is_beyond_all_that_were():
    assert editing.next_step_id(of()) == "S01"
    assert editing.next_step_id(of("S01", "S09", "odd")) == "S10"
    assert editing.next_step_id(of("S01"), ["S12"]) == "S13"


def test_given_schedules_when_one_is_added_then_it_has_the_next_free_letter():
    document = editing.add_schedule(editing.add_schedule(of(), "20261123"), "20261123")

    assert [each["id"] for each in document["schedules"]] == ["A", "B"]
    again = editing.add_schedule(editing.remove(document, "schedule", "A"), "20261123")
    assert [each["id"] for each in again["schedules"]] == ["B", "A"]
    assert again["schedules"][1]["windows"][0]["id"] == "A1"


def test_given_twelve_schedules_when_one_more_comes_then_it_is_refused():
    document = of()
    for _ in range(12):
        document = editing.add_schedule(document, "20261123")

    with pytest.raises(Invalid):
        editing.add_schedule(document, "20261123")


def test_given_a_part_when_put_back_changed_then_only_it_differs():
    document = of("S01", "S02") | {"exam": ["kept"]}
    part = editing.part_of(document, "step", "S02") | {"title": "新"}

    found = editing.with_part(document, "step", "S02", part)
    head = editing.with_part(document, "head", "", {**editing.part_of(document, "head", ""), "title": "题"})

    assert (found["steps"][0], found["steps"][1]["title"]) == (document["steps"][0], "新")
    assert (head["title"], head["exam"], head["steps"]) == ("题", ["kept"], document["steps"])


def test_given_a_blank_document_when_begun_then_it_has_no_steps_and_its_title():
    assert (editing.blank("题")["title"], editing.blank("题")["steps"]) == ("题", [])


def edits(deeds):
    """Versions after a row of deeds, and the text that each shows; an edit's text is its own number."""
    versions, texts = [Version(1, 0)], {1: 1}
    for deed in deeds:
        number, here = len(versions) + 1, versions[-1].place
        target = None if deed == "edit" else undo_to(versions) if deed == "undo" else redo_to(versions)
        if deed != "edit" and target is None:
            continue
        versions.append(Version(number, here, target))
        texts[number] = texts[target] if target else number
    return versions, texts


def test_given_edits_when_undone_and_redone_then_each_shows_what_stood_there():
    versions, texts = edits(["edit", "edit", "undo", "undo", "redo", "edit", "undo", "undo"])

    assert [texts[each.revision] for each in versions] == [1, 2, 3, 2, 1, 2, 7, 2, 1]
    assert (undo_to(versions), redo_to(versions)) == (None, 2)


def test_given_an_edit_after_an_undo_when_redo_is_asked_then_there_is_nothing():
    assert redo_to(edits(["edit", "undo", "edit"])[0]) is None
    assert (undo_to([]), redo_to([])) == (None, None)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=25))
def test_given_any_deeds_when_an_undo_follows_then_a_redo_brings_the_text_back(deeds):
    versions, texts = edits([*deeds, "edit"])
    shown = texts[versions[-1].revision]

    after, later = edits([*deeds, "edit", "undo", "redo"])

    assert later[after[-1].revision] == shown


def test_given_two_changes_of_one_part_when_merged_then_each_field_follows_who_changed_it():
    base = {"title": "a", "unit": "m", "min": 1}

    merged = merge(base, {"title": "b", "unit": "m", "min": 1}, {"title": "a", "unit": "cm", "min": 1, "max": 9})

    assert (merged.part, merged.clashes) == ({"title": "b", "unit": "cm", "min": 1, "max": 9}, ())


def test_given_two_changes_of_one_field_when_merged_then_it_is_named_and_mine_stands():
    merged = merge({"title": "a", "x": 1}, {"title": "b", "x": 2}, {"title": "c", "x": 2})

    assert (merged.part, merged.clashes) == ({"title": "b", "x": 2}, ("title",))


def test_given_steps_when_one_is_added_or_changed_in_the_middle_then_all_others_stay():
    document = of("S01", "S02", "S03")

    assert ids(editing.add_steps(document, [step_document("S04")], "S02")) == ["S01", "S02", "S04", "S03"]
    assert ids(editing.with_part(document, "step", "S02", step_document("S02", title="新"))) == ["S01", "S02", "S03"]
    assert [editing.place_of(document, each) for each in ("S01", "S03")] == [0, 2]
    with pytest.raises(NotFound):
        editing.place_of(document, "S09")


def test_given_a_part_when_it_is_asked_whether_it_is_there_then_head_and_demand_always_are():
    document = editing.add_schedule(of("S01", "S02"), "20261123")

    assert [editing.has_part(document, "step", each) for each in ("S02", "S09")] == [True, False]
    assert [editing.has_part(document, "schedule", each) for each in ("A", "S01")] == [True, False]
    assert [editing.has_part(document, each, "") for each in ("head", "training")] == [True, True]
    assert not editing.has_part(document, "question", "Q1")


def test_given_a_blank_draft_with_a_blank_step_and_schedule_when_looked_through_then_only_the_title_is_owed():
    blank = editing.add_schedule(
        editing.add_steps(editing.blank("题"), [editing.blank_step("S01"), editing.blank_step("S02", "擦镜")]),
        "20261123",
    )

    assert [(each.where, str(each.sentence)) for each in faults_of(blank)] == [("S01", "The step has no title.")]


def test_given_a_blank_draft_when_read_as_a_standard_then_it_is_an_ordinary_one_that_nobody_sees_yet():
    blank = editing.add_schedule(
        editing.add_steps(editing.blank("题"), [editing.blank_step("S01", "擦镜")]), "20261123"
    )
    read = parse_edition(blank)
    [schedule], [step], [window] = read.schedules, read.steps, blank["schedules"][0]["windows"]

    assert (read.number, read.code, read.year, read.title, read.public) == ("", "", 0, "题", False)
    assert (read.confirm.value, read.expected_minutes, read.valid_minutes) == ("together", 10, None)
    assert (step.id, step.title, step.requirement, step.key, step.evidence.value) == ("S01", "擦镜", "", False, "none")
    assert (step.min_seconds, step.fail_action.value, step.severity.value, step.cause_default.value) == (
        5, "nc", "minor", "work"
    )  # fmt: skip
    assert (schedule["rrule"], schedule["dtstart"], schedule["day_types"]) == ("FREQ=DAILY", "20261123", ["workday"])
    assert (window["id"], window["start"], window["end"], window["profile"]) == ("A1", "08:00", "09:00", "full")
    assert (window["grace_before_min"], window["grace_after_min"], window_minutes(window)) == (10, 15, 60)


def test_given_blank_parts_when_their_fields_are_listed_then_they_are_those_of_the_standards_that_were_published():
    document, step, schedule, window = set(), set(), set(), set()
    for entry in json.loads(DEMO.read_text("utf-8")):
        document |= set(entry["document"])
        step |= {name for each in entry["document"]["steps"] for name in each}
        schedule |= {name for each in entry["document"]["schedules"] for name in each}
        window |= {name for each in entry["document"]["schedules"] for one in each.get("windows") or () for name in one}
    blank = editing.blank_schedule("A", "20261123")

    assert set(editing.blank("题")) == document
    assert set(editing.blank_step("S01")) <= step
    assert set(blank) <= schedule and set(blank["windows"][0]) == window
    assert (blank["kind"], blank["roll"]) == ("calendar", "none")
    assert (blank["windows"][0]["kind"], blank["windows"][0]["end_day_offset"]) == ("regular", 0)


def test_given_a_question_when_put_back_changed_then_its_options_and_the_right_one_stay_together():
    document = editing.add_question(editing.add_question(of("S01"), "Q1"), "Q2")
    part = editing.part_of(document, "question", "Q2") | {"stem": "?"}
    part["answers"] = [{"text": "甲", "right": False}, {"text": "乙", "right": True}]

    found = editing.with_part(document, "question", "Q2", part)

    assert [each["id"] for each in found["exam"]] == ["Q1", "Q2"]
    assert (found["exam"][1]["options"], found["exam"][1]["answer"]) == (["甲", "乙"], 1)
    assert editing.part_of(found, "question", "Q2")["answers"] == part["answers"]
    assert editing.remove(found, "question", "Q1")["exam"] == [found["exam"][1]]


def test_given_forty_questions_when_one_more_comes_then_it_is_refused():
    document = of("S01") | {"exam": [{"id": f"Q{number}"} for number in range(39)]}

    document = editing.add_question(document, "Q39")
    with pytest.raises(Invalid):
        editing.add_question(document, "Q40")


def test_given_what_is_asked_of_people_when_put_back_then_it_is_the_document_s_demand():
    document = of("S01")

    assert editing.part_of(document, "training", "")["pass_score"] == 80
    found = editing.with_part(document, "training", "", {"pass_score": 90})
    assert found["training"] == {"pass_score": 90}
    assert editing.part_of(found, "training", "")["pass_score"] == 90
