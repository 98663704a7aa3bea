"""Announcements name nobody; templates have bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inspections.rules_announcing import MASK, announcement_faults, without_names
from app.inspections.rules_templates import TemplateItem, template_faults

NAMES = ["保洁一班-01", "保洁一班-012", "王"]


def test_given_a_text_with_names_when_shown_to_all_then_each_is_covered_whole():
    assert without_names("保洁一班-012 与 保洁一班-01 在场", NAMES) == f"{MASK} 与 {MASK} 在场"


@given(st.text(), st.lists(st.text(min_size=2).filter(lambda name: not set(name) & set(MASK))))
def test_given_any_text_and_names_when_covered_then_no_name_is_left(text, names):
    shown = without_names(text, names)

    assert not [name for name in names if name in shown]


def test_given_an_announcement_when_it_names_somebody_then_refused_with_the_name():
    found = announcement_faults("检查总体较好，保洁一班-01 表现突出。", NAMES)

    assert "保洁一班-01" in str(found["text"])
    assert announcement_faults("检查总体较好，物业管理科表现突出。", NAMES) == {}


@pytest.mark.parametrize(
    ("text", "fine"), [("短", False), ("一" * 10, True), ("一" * 2000, True), ("一" * 2001, False)]
)
def test_given_an_announcement_when_measured_then_it_has_bounds(text, fine):
    assert (announcement_faults(text, NAMES) == {}) is fine


@pytest.mark.parametrize(
    ("title", "items", "fields"),
    [
        ("清单", [TemplateItem("项目", "内容")], set()),
        ("", [TemplateItem("项目", "内容")], {"title"}),
        ("长" * 81, [TemplateItem("项目", "内容")], {"title"}),
        ("清单", [], {"lines"}),
        ("清单", [TemplateItem("项目", "内容")] * 41, {"lines"}),
        ("清单", [TemplateItem("项目", "内容"), TemplateItem("", "内容")], {"title.2"}),
        ("清单", [TemplateItem("项目", "长" * 501)], {"content.1"}),
    ],
)
def test_given_a_template_when_kept_then_each_fault_has_its_field(title, items, fields):
    assert set(template_faults(title, items)) == fields


def test_given_an_announcement_of_odd_length_when_refused_then_the_text_field_says_both_bounds():
    assert {name: str(words) for name, words in announcement_faults("短", NAMES).items()} == {
        "text": "Write 10 to 2000 characters."
    }


def test_given_a_name_of_one_letter_when_texts_are_looked_through_then_it_is_a_letter_and_two_are_a_name():
    text = "王府井大街的检查总体较好。"

    assert without_names(text, ["王"]) == text
    assert announcement_faults(text, ["王"]) == {}
    assert without_names("王五在场", ["王五"]) == f"{MASK}在场"
    assert set(announcement_faults("王五所在的岗位检查总体较好。", ["王五"])) == {"text"}


@pytest.mark.parametrize(
    ("letters", "items", "fields"),
    [
        (80, [TemplateItem("长" * 80, "长" * 500)] * 40, set()),
        (1, [TemplateItem("项", "内")], set()),
        (1, [TemplateItem("长" * 81, "内"), TemplateItem("项", "")], {"title.1", "content.2"}),
    ],
)
def test_given_a_template_at_its_bounds_when_kept_then_the_last_that_fits_is_fine(letters, items, fields):
    assert set(template_faults("长" * letters, items)) == fields
