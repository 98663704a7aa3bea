"""检查记录表: the fields that the seed prints, from the records."""

import pytest

from app.inspections.queries_sheet import sheet_of
from app.refusals import NotFound
from tests.support import inspecting as a


def test_fm3_given_a_closed_inspection_when_its_form_is_read_then_every_printed_field_is_there(site):
    with site.app_context():
        made = a.closed()

        sheet = sheet_of(made, a.who("sue"))

    assert (sheet.head.unit_name, sheet.head.post, sheet.inspectors) == ("单位care", "科长", "岗位ian、岗位ina")
    assert sheet.head.on == a.NOW.date()
    assert [line.item.title for line in sheet.lines][:2] == ["资源", "关键点控制"]
    assert sheet.lines[1].item.said == a.BAD
    assert sheet.lines[1].finding and not sheet.lines[0].finding
    assert {each.side for each in sheet.signatures} == {"inspectors", "inspected"}


def test_given_a_foreign_unit_when_it_asks_for_the_form_then_there_is_none(site):
    with site.app_context():
        made = a.closed()

        with pytest.raises(NotFound):
            sheet_of(made, a.who("tom"))
