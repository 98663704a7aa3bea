"""Given what a clipboard holds, when it is pasted, then its rows are steps: merged, numbered and hostile cells too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards.rules_paste import steps_of
from app.standards.rules_paste_cells import MAX_ROWS, TooManyRows, grid_of


def table(*rows, tag="td"):
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )


def pasted(html="", text="", first=1):
    return steps_of(html, text, first)


def titles(steps):
    return [(step["title"], step["requirement"]) for step in steps]


def test_given_heads_when_pasted_then_each_column_goes_where_it_belongs():
    steps = pasted(
        table(
            ["序号", "作业步骤", "质量要求", "单位", "下限", "上限", "依据", "关键点", "安全提示", "条款号"],
            ["1", "测水温", "出水口测", "℃", "≥40", "60", "内控值", "√", "防烫", "5.1"],
            ["2", "擦台", "无水渍", "", "", "", "", "", "", ""],
        ),
        first=7,
    )

    one, two = steps
    assert [one["id"], two["id"]] == ["S07", "S08"]
    assert (one["title"], one["requirement"], one["evidence"], one["unit"]) == ("测水温", "出水口测", "number", "℃")
    assert (one["min"], one["max"], one["limit_basis"], one["key"]) == (40, 60, "内控值", True)
    assert (one["safety"], one["clause"]) == ("防烫", "5.1")
    assert (two["evidence"], two["key"], two["clause"]) == ("none", False, None)


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        ("现场拍照", "photo"),
        ("测量读数", "number"),
        ("单选", "choice"),
        ("文字记录", "text"),
        ("勾选即可", "none"),
        ("", "none"),
    ],
)
def test_given_a_column_of_evidence_when_pasted_then_its_words_are_understood(said, evidence):
    steps = pasted(table(["步骤", "要求", "证据"], ["擦镜", "无水渍", said]))

    assert steps[0]["evidence"] == evidence
    assert steps[0].get("photo_min") == (1 if evidence == "photo" else None)


def test_given_a_column_of_answers_when_pasted_then_those_that_do_not_say_no_pass():
    steps = pasted(table(["项目", "要求", "选项"], ["灯", "亮", "正常/不亮、正常；无法检查"]))

    assert (steps[0]["evidence"], steps[0]["choices"]) == ("choice", ["正常", "不亮", "无法检查"])
    assert steps[0]["pass_choices"] == ["正常"]


def test_given_no_heads_when_pasted_then_numbers_title_and_requirement_follow_each_other():
    assert titles(pasted(table(["1", "擦镜", "无水渍", "每日"], ["2", "拖地", "无积水", ""]))) == [
        ("擦镜", "无水渍；每日"), ("拖地", "无积水")
    ]  # fmt: skip
    assert titles(pasted(table(["擦镜", "无水渍"]))) == [("擦镜", "无水渍")]
    assert titles(pasted(text="1\t擦镜\t无水渍\n2\t拖地\t无积水\n")) == [("擦镜", "无水渍"), ("拖地", "无积水")]


def test_given_one_column_when_pasted_then_its_beginning_is_the_title():
    assert titles(pasted(text="擦镜\n拖地\n")) == [("擦镜", ""), ("拖地", "")]


@pytest.mark.parametrize(
    ("said", "title", "clause"),
    [
        ("1. 擦镜", "擦镜", None), ("1、擦镜", "擦镜", None), ("（2）擦镜", "擦镜", None), ("3）擦镜", "擦镜", None),
        ("①擦镜", "擦镜", None), ("一、擦镜", "擦镜", None), ("（十二）擦镜", "擦镜", None),
        ("6.2.1 擦镜", "擦镜", "6.2.1"), ("5.1 擦镜", "擦镜", "5.1"), ("1.5 m内无杂物", "1.5 m内无杂物", None),
        ("1.5米内无杂物", "1.5米内无杂物", None), ("2026年计划", "2026年计划", None), ("3次擦镜", "3次擦镜", None),
    ],
)  # fmt: skip
def test_given_numbered_titles_when_pasted_then_the_number_goes_and_a_clause_stays(said, title, clause):
    step = pasted(table([said, "无水渍"], ["拖地", "无积水"]))[0]

    assert (step["title"], step["clause"]) == (title, clause)


def test_given_cells_merged_over_rows_when_pasted_then_they_become_the_group():
    html = (
        "<table><tr><th>项目</th><th>要求</th></tr><tr><td rowspan=2>洗手台</td><td>台面无水渍，随脏随擦</td></tr>"
        "<tr><td>龙头无滴漏</td></tr><tr><td>地面</td><td>无积水</td></tr></table>"
    )

    steps = pasted(html)

    assert titles(steps) == [
        ("台面无水渍", "台面无水渍，随脏随擦"), ("龙头无滴漏", "龙头无滴漏"), ("地面", "无积水")
    ]  # fmt: skip
    assert [step.get("checklist") for step in steps] == ["洗手台", "洗手台", None]


def test_given_cells_merged_over_columns_when_spread_then_the_others_keep_their_places():
    grid = grid_of(
        '<table><tr><td colspan="2">甲</td><td>乙</td></tr><tr><td>一</td><td>二</td><td>三</td></tr></table>', ""
    )

    assert [[cell.text for cell in row] for row in grid] == [["甲", "", "乙"], ["一", "二", "三"]]


@pytest.mark.parametrize("span", ["99999999999", "-3", "0", "x", "１２"])
def test_given_odd_spans_when_spread_then_the_row_stays_small(span):
    grid = grid_of(f'<table><tr><td colspan="{span}" rowspan="{span}">甲</td></tr><tr><td>乙</td></tr></table>', "")

    assert all(len(row) <= 30 for row in grid)
    assert any(cell.text == "乙" for row in grid for cell in row)


def test_given_hostile_cells_when_pasted_then_they_are_plain_words():
    html = table(
        ["步骤", "要求"],
        ["=HYPERLINK(&quot;http://x&quot;)", "<script>alert(1)</script><b>无</b>水&#0;渍<style>p{}</style>"],
    )

    steps = pasted(html)

    assert titles(steps) == [('=HYPERLINK("http://x")', "无水�渍")]


def test_given_a_table_in_a_cell_when_pasted_then_it_is_words_of_that_cell():
    html = "<table><tr><td>擦镜</td><td>无<table><tr><td>水</td></tr><tr><td>渍</td></tr></table></td></tr></table>"

    assert titles(pasted(html)) == [("擦镜", "无 水 渍")]


def test_given_excel_s_quoted_cell_when_pasted_then_its_line_break_is_a_space():
    assert titles(pasted(text='擦镜\t"无水渍\n无手印"\n')) == [("擦镜", "无水渍 无手印")]


def test_given_a_very_long_title_when_pasted_then_its_beginning_is_the_title():
    step = pasted(table(["擦镜，" + "长" * 100, "无水渍"]))[0]

    assert step["title"] == "擦镜"
    assert step["requirement"].endswith("；无水渍")


@pytest.mark.parametrize(
    "content", ["<tr><td>步</td></tr>" * (MAX_ROWS + 1), "步\n" * (MAX_ROWS + 1), "<tr><td>步" * 100_000]
)
def test_given_too_many_rows_when_pasted_then_it_is_refused(content):
    html, text = (content, "") if "<" in content else ("", content)
    with pytest.raises(TooManyRows):
        pasted("<table>" + html if html else "", text)


def test_given_as_many_rows_as_can_be_when_pasted_then_all_come():
    assert len(pasted(table(*[["步", "要"]] * MAX_ROWS))) == MAX_ROWS


@pytest.mark.parametrize("html", ["", "<p>no table</p>", "<table></table>", table(["", " "], ["&nbsp;", ""])])
def test_given_nothing_when_pasted_then_there_are_no_steps(html):
    assert pasted(html) == []


@given(st.text(max_size=300), st.text(alphabet="<>/tabledrh= \"'rowspan12&;\t\n一、擦", max_size=200))
def test_given_anything_when_pasted_then_it_is_steps_with_titles_or_nothing(text, html):
    for step in pasted("<table>" + html, text):
        assert step["title"]
        assert len(step["title"]) <= 80


@pytest.mark.parametrize(
    ("heads", "row", "title", "requirement"),
    [
        (["步 骤", "要 求"], ["擦镜", "亮"], "擦镜", "亮"),
        (["步骤", "", "要求"], ["擦镜", "x", "亮"], "擦镜", "亮"),
        (["步骤", "项目", "要求"], ["擦镜", "x", "亮"], "擦镜", "亮"),
        (["步骤", "单位"], ["擦镜", "m"], "擦镜", ""),
        (["要求", "单位"], ["镜面要亮，不留痕", "m"], "镜面要亮", "镜面要亮，不留痕"),
        (["步骤名称与操作内容的完整说明文字", "要求"], ["擦镜", "亮"], "擦镜", "亮"),
    ],
)
def test_given_heads_of_odd_forms_when_pasted_then_they_are_heads(heads, row, title, requirement):
    assert titles(pasted(table(heads, row))) == [(title, requirement)]


@pytest.mark.parametrize(
    "first",
    [
        ["步骤", "zzz"],
        ["单位", "上限"],
        ["步骤名称与操作内容的完整说明文字啊", "要求"],
        ["擦洗步骤按照要求完成并且完整地记录下来", "亮"],
    ],
)
def test_given_a_first_row_that_is_no_row_of_heads_when_pasted_then_it_is_a_step(first):
    assert titles(pasted(table(first, ["拖地", "无积水"])))[0] == tuple(first)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1\n2\n", [("1", ""), ("2", "")]),
        ("1\t擦镜\n2\t拖地\n", [("擦镜", ""), ("拖地", "")]),
        ("1\t擦镜\n拖地\t无积水\n", [("1", "擦镜"), ("拖地", "无积水")]),
        ("擦镜\t\n拖地\t\n", [("擦镜", ""), ("拖地", "")]),
        ("擦镜\t1\n拖地\t2\n", [("擦镜", "1"), ("拖地", "2")]),
        ("擦镜\n拖地\t无积水\t每日\n", [("擦镜", ""), ("拖地", "无积水；每日")]),
        ("1\t擦镜\n\t拖地\n", [("擦镜", ""), ("拖地", "")]),
        ("擦镜\t~5℃~\n", [("擦镜", "~5℃~")]),
    ],
)
def test_given_rows_without_heads_when_pasted_then_numbers_are_told_from_words(text, found):
    assert titles(pasted(text=text)) == found


def test_given_many_columns_without_heads_when_pasted_then_their_words_stay_in_order():
    [step] = pasted(table(["擦镜", *(f"句{number}" for number in range(1, 15))]))

    assert step["requirement"] == "；".join(f"句{number}" for number in range(1, 15))


@pytest.mark.parametrize(
    ("number", "clause"), [("1.1", "1.1"), ("3.", None), ("3", None), ("6.2.1", "6.2.1"), ("(4)", None)]
)
def test_given_a_column_of_numbers_when_pasted_then_one_with_parts_is_the_clause(number, clause):
    [under_heads] = pasted(table(["序号", "步骤"], [number, "擦镜"]))
    without = pasted(table([number, "擦镜"], [number, "拖地"]))

    assert (under_heads["title"], under_heads["clause"]) == ("擦镜", clause)
    assert [(each["title"], each["clause"]) for each in without] == [("擦镜", clause), ("拖地", clause)]


def test_given_a_row_shorter_than_its_heads_when_pasted_then_what_is_not_there_is_empty():
    assert titles(pasted(table(["步骤", "单位", "要求"], ["擦镜"]))) == [("擦镜", "")]


def test_given_a_column_of_groups_when_pasted_then_each_step_has_its_group():
    steps = pasted(table(["类别", "步骤", "要求"], ["洗手台", "擦镜", "亮"], ["", "拖地", "无积水"]))

    assert [each.get("checklist") for each in steps] == ["洗手台", None]


def test_given_long_cells_when_pasted_then_each_is_cut_where_the_standard_ends_it():
    heads = ["条款", "类别", "步骤", "要求", "安全", "依据", "单位", "上限", "选项", "证据"]
    row = ["5" * 21, "组" * 41, "步" * 80, "要" * 99, "安" * 301, "依" * 301, "m" * 21, "5", "", "读数"]

    [step] = pasted(table(heads, row))

    assert (step["clause"], step["checklist"]) == ("5" * 20, "组" * 40)
    assert (step["title"], step["requirement"]) == ("步" * 80, "要" * 99)
    assert (step["safety"], step["limit_basis"], step["unit"]) == ("安" * 300, "依" * 300, "m" * 20)
    [chosen] = pasted(table(["步骤", "选项"], ["灯", f"{'正' * 61}/不亮"]))
    assert chosen["choices"] == ["正" * 60, "不亮"]


def test_given_a_title_that_is_too_long_when_pasted_then_it_stands_whole_in_the_requirement():
    long = "擦镜，" + "长" * 100 + "~"

    assert titles(pasted(table([long, "无水渍"], [long, ""]))) == [("擦镜", f"{long}；无水渍"), ("擦镜", long)]


def test_given_only_a_requirement_when_pasted_then_its_first_letters_are_the_title():
    assert titles(pasted(table(["单位", "要求"], ["", "长" * 30]))) == [("长" * 24, "长" * 30)]


@pytest.mark.parametrize(
    ("said", "limit"),
    [("5", 5), ("26.5", 26.5), ("−5", -5), ("-5.0", -5), ("≥40℃", 40), ("无", None),
     ("1234567890.12345678", 1234567890.1234)],
)  # fmt: skip
@pytest.mark.parametrize("head", ["下限", "上限"])
def test_given_one_limit_when_pasted_then_the_step_is_a_reading_with_that_limit(head, said, limit):
    [step] = pasted(table(["步骤", head], ["测温", said]))

    assert step["evidence"] == "number"
    assert (step["min"], step["max"]) == ((limit, None) if head == "下限" else (None, limit))
    assert type(step["min"] if head == "下限" else step["max"]) is type(limit)
