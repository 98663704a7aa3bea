"""The forms as data: what the seed prints comes first and in the seed's order (rules 5, FM-3)."""

import pytest

from app.reports.rules_forms import GENERAL, LAYOUTS, Form, form_named

PRINTED = [
    "被检查处室（单位）",
    "处室（单位）负责人或岗位人员姓名",
    "检查人",
    "检查日期",
    "检查项目",
    "检查内容",
    "检查记录",
    "结论",
]


def test_seed_002_given_the_check_record_when_its_words_are_read_in_order_then_the_printed_ones_come_first():
    layout = LAYOUTS[Form.CHECK]
    before = [kind.label for kind in layout.fields[: layout.after]]
    after = [kind.label for kind in layout.fields[layout.after :]]
    columns = [title for _key, title, _width in layout.columns]

    assert before + columns[:3] + after[:1] == PRINTED
    assert [kind.seed for kind in layout.fields] == sorted((kind.seed for kind in layout.fields), reverse=True)


@pytest.mark.parametrize("form", list(Form))
def test_given_a_form_when_its_fields_are_listed_then_each_name_is_its_own_and_the_columns_fill_the_page(form):
    layout = LAYOUTS[form]
    keys = [kind.key for kind in layout.fields]

    assert len(keys) == len(set(keys))
    assert not set(keys) & set(GENERAL)
    assert sum(width for _key, _title, width in layout.columns) in (0, 174)


def test_given_names_when_a_form_is_looked_up_then_only_known_ones_are_found():
    assert form_named("nc") is Form.NC
    assert form_named("nothing") is None
