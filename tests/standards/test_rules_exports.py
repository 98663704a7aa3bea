"""What the papers of standards say (rules LC-9, LC-1): register, statistics, plans, opinions, notes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

from app.standards.rules_consulting import Asked, Opinion, Outcome, Recipient
from app.standards.rules_exports import (
    note_parts,
    opinions_sheet,
    plan_sheet,
    register_sheet,
    statistics_sheet,
    system_parts,
    year_sheet,
)
from app.standards.rules_phases import Kind, Project, State
from app.standards.rules_publishing import PlanLine
from app.standards.rules_system import Member, counts

AT = datetime(2026, 11, 23, tzinfo=UTC)
PROJECT = Project(
    "p", Kind.REVISE, "JGSW05003.07", "开水间清洁", "care", "sue", State.DRAFTING, "没有流程\n\n常被问", "步骤", "",
    "说明",
    date(2026, 12, 31), None, None, None, None, None, "stan", AT, "物业科", "苏",
)  # fmt: skip
ASKED = [
    Recipient(1, Asked.EXECUTING, "clean", "保洁公司"), Recipient(2, Asked.SUPERVISING, "care", "物业科"),
    Recipient(3, Asked.CUSTOMER, None, "机关办公室"),
]  # fmt: skip
OPINIONS = [
    Opinion("o1", 3, "5.1", "太烫", "某", AT, Outcome.PARTLY, "降到五十度"), Opinion("o2", 1, "", "", "某", AT),
]  # fmt: skip
ROWS = [
    ["Customer", "机关办公室", "5.1", "太烫", "Adopted in part", "降到五十度"],
    ["Executing department", "保洁公司", "", "Agrees", "", ""],
    ["Supervising department", "物业科", "", "No answer", "", ""],
]


def line(effective_on=None, next_review_on=None, status="effective"):
    edition = SimpleNamespace(
        number="N-2026", status=status, cover_mark="试行", effective_on=effective_on, next_review_on=next_review_on
    )
    return SimpleNamespace(
        standard=SimpleNamespace(title="题", category="物业"), edition=edition, department="物业科", points=3
    )


def test_lc_9_given_the_register_when_written_then_each_line_has_its_dates_or_none():
    sheet = register_sheet([line(date(2026, 12, 1), date(2029, 11, 30)), line(status="odd")])

    assert len(sheet.head) == 9
    assert sheet.rows == [
        ["N-2026", "题", "物业", "物业科", "In force", "试行", "2026-12-01", "2029-11-30", 3],
        ["N-2026", "题", "物业", "物业科", "odd", "试行", "", "", 3],
    ]
    assert (sheet.name, sheet.title) == ("Register of standards", "Register of standards")


def test_lc_9_given_standards_when_counted_on_paper_then_the_last_line_is_the_sum():
    members = [Member("JGSW05003.01", "effective"), Member("JGSW05003.02", "trial"), Member("JGSW05008", "effective")]
    sheet = statistics_sheet(counts(members))

    by_key = {row[0]: row[2:] for row in sheet.rows}
    assert by_key["05003"] == [1, 1, 0, 0, 0, 0, 0, 2]
    assert by_key["05001"] == [0, 0, 0, 0, 0, 0, 0, 0]
    assert sheet.rows[-1] == ["", "Total", 2, 1, 0, 0, 0, 0, 0, 3]
    assert (len(sheet.head), sheet.name) == (10, "Statistics of standards")


def test_lc_1_given_the_plan_of_a_year_when_written_then_each_project_has_its_number_or_working_number():
    sheet = year_sheet(2026, [PROJECT, replace(PROJECT, edition="JGSW05003.07-2026", state=State.PUBLISHED)])

    assert sheet.rows == [
        ["JGSW05003.07", "开水间清洁", "Revision", "物业科", "苏", "没有流程\n\n常被问", "步骤", "2026-12-31",
         "Being drafted"],
        ["JGSW05003.07-2026", "开水间清洁", "Revision", "物业科", "苏", "没有流程\n\n常被问", "步骤", "2026-12-31",
         "Published"],
    ]  # fmt: skip
    assert (sheet.name, sheet.title) == ("2026", "Plan of making and revising standards in 2026")


def test_lc_1_given_a_plan_of_implementation_when_written_then_its_title_names_the_standard():
    one = PlanLine("宣贯", "步骤", "发放", "科长", date(2026, 12, 1), date(2026, 12, 20), "80分")

    sheet = plan_sheet(PROJECT, [one])

    assert sheet.rows == [["宣贯", "步骤", "发放", "科长", "2026-12-01", "2026-12-20", "80分"]]
    assert (sheet.name, sheet.title) == ("Plan of implementation", "Plan of implementation JGSW05003.07 开水间清洁")
    assert plan_sheet(replace(PROJECT, edition="N-2026"), []).title == "Plan of implementation N-2026 开水间清洁"


def test_lc_1_given_opinions_when_summed_up_then_the_silent_stand_below_those_who_answered():
    sheet = opinions_sheet(PROJECT, ASKED, OPINIONS)

    assert sheet.rows == ROWS
    assert (sheet.name, sheet.title) == ("Opinions", "Opinions and their dispositions JGSW05003.07 开水间清洁")


def test_lc_1_given_a_standard_s_note_when_written_then_its_parts_tell_why_how_and_what_was_said():
    parts = note_parts(PROJECT, {"begun": AT, "odd": AT}, ASKED, OPINIONS)

    assert [(each.heading, list(each.paragraphs)) for each in parts] == [
        ("Why it is needed", ["没有流程", "常被问"]),
        ("How it was made", ["Drafted by 物业科, led by 苏.", "Project begun: 2026-11-23", "odd: 2026-11-23"]),
        ("Main content", ["步骤"]), ("Compilation", ["说明"]), ("Research, tests and cost", ["—"]),
        ("Opinions and their dispositions", []),
    ]  # fmt: skip
    assert (len(parts[-1].head), parts[-1].rows) == (6, ROWS)


def test_lc_9_given_the_note_of_the_system_when_written_then_it_holds_statistics_and_register():
    lines = counts([Member("JGSW05003.01", "effective")])
    parts = system_parts("JGSW", lines, ("编号",), [("N",)], date(2026, 11, 23))

    assert [each.heading for each in parts] == [
        "Basis and aim", "Structure", "Numbers", "Statistics", "Register", "Review of the standards"
    ]  # fmt: skip
    assert "JGSW, two digits" in parts[2].paragraphs[0]
    assert (parts[3].paragraphs, parts[3].rows) == (["As of 2026-11-23."], statistics_sheet(lines).rows)
    assert (parts[4].head, parts[4].rows) == (("编号",), [("N",)])
