from datetime import date

from app.schedule.rules_days import Listed
from app.schedule.rules_official import official_days
from tests.support.rota import calendar


def test_given_2026_when_the_package_is_asked_then_its_list_is_that_of_the_state_council():
    days = official_days(2026)

    assert {each.on for each in days if each.kind is Listed.HOLIDAY} == calendar().holidays
    assert {each.on for each in days if each.kind is Listed.MAKEUP} == calendar().makeup_workdays
    assert days[0].name == "元旦"
    assert [each.on for each in days] == sorted(each.on for each in days)


def test_given_a_year_without_a_notice_when_it_is_asked_then_there_is_no_list():
    assert official_days(2090) == []
    assert official_days(1900) == []


def test_given_2025_when_it_is_asked_then_a_make_up_sunday_before_the_festival_is_worked():
    kinds = {each.on: each.kind for each in official_days(2025)}

    assert kinds[date(2025, 1, 26)] is Listed.MAKEUP
    assert kinds[date(2025, 2, 1)] is Listed.HOLIDAY


def test_given_a_weekend_that_joins_a_holiday_when_it_is_named_then_it_bears_the_name_beside_it():
    names = {each.on: each.name for each in official_days(2026)}

    assert names[date(2026, 6, 20)] == names[date(2026, 6, 19)] == "端午节"
    assert names[date(2026, 2, 15)] == names[date(2026, 2, 16)] == "农历除夕"
    assert names[date(2026, 10, 10)] == ""


def test_given_a_weekend_between_two_holidays_when_it_is_named_then_it_bears_the_name_of_the_first():
    names = {each.on: each.name for each in official_days(2023)}

    assert (names[date(2023, 9, 29)], names[date(2023, 10, 1)]) == ("中秋节", "国庆节")
    assert names[date(2023, 9, 30)] == "中秋节"


def test_given_the_years_when_they_are_asked_then_lists_begin_with_2011_and_every_day_off_has_a_name():
    assert official_days(2010) == []
    for year in range(2011, 2027):
        days = official_days(year)
        assert days
        assert all(each.name for each in days if each.kind is Listed.HOLIDAY)
