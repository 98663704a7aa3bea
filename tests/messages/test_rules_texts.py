"""What leaves the house as text: harmless, whole letters, few alone and many in one. Pure."""

from dataclasses import replace

import pytest

from app.messages.rules_texts import LINE_BYTES, Item, cut, harmless, line, many, one, portions, said

ITEM = Item(1, "k1", "call", "来访人呼叫", "1号楼：没纸", "https://dabiao.example/x", "11-23 08:40", urgent=True)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("@all 快来", "＠all 快来"),
        ("<@zhang> hi", "＜＠zhang＞ hi"),
        ("看 https://evil.example/x", "看 https：//evil．example/x"),
        ("www.evil.com", "www．evil．com"),
        ("[点我](http://a.bc)", "［点我］(http：//a．bc)"),
        ("一\r\n二\x00三\u202e四\u2028五", "一 二 三 四 五"),
        ("JGSW05003.01-2026 3.5", "JGSW05003.01-2026 3.5"),
    ],
)
def test_given_words_of_a_stranger_when_they_leave_then_they_call_nobody_and_link_nowhere(words, shown):
    assert harmless(words) == shown


def test_given_messages_when_shared_out_then_few_go_alone_and_many_are_gathered():
    assert portions([10, 10, 10], 20) == [slice(0, 1), slice(1, 2), slice(2, 3)]
    assert portions([10] * 5, 20) == [slice(0, 2), slice(2, 4), slice(4, 5)]
    assert portions([], 20) == []
    assert portions([50] * 4, 20) == [slice(0, 1), slice(1, 2), slice(2, 3), slice(3, 4)]


def test_given_long_texts_when_cut_then_letters_stay_whole():
    assert cut("没" * 100, 10) == "没没…"
    assert len(many([ITEM] * 6, "https://x").encode()) < 2000
    assert one(ITEM).endswith("https://dabiao.example/x")


@pytest.mark.parametrize(("letters", "shown"), [(9, "x" * 9), (10, "x" * 10), (11, "x" * 7 + "…"), (99, "x" * 7 + "…")])
def test_given_a_limit_in_bytes_when_text_is_cut_then_it_is_used_up_and_not_passed(letters, shown):
    assert cut("x" * letters, 10) == shown


def test_given_control_and_separator_letters_when_made_harmless_then_words_stay_apart():
    assert harmless("a\x07b\u2003c\ud800d") == "a b c d"


@pytest.mark.parametrize(("urgent", "head"), [(True, "[Urgent] 【"), (False, "【")])
def test_given_a_message_alone_when_written_then_head_text_and_link_stand_in_their_order(urgent, head):
    item = replace(ITEM, urgent=urgent)

    assert one(item) == f"{head}来访人呼叫】1号楼：没纸\nhttps://dabiao.example/x"


def test_given_a_long_message_alone_when_written_then_its_text_has_four_lines_worth_of_bytes():
    written = one(replace(ITEM, text="x" * 5000, urgent=False))

    assert written == f"【来访人呼叫】{'x' * (4 * LINE_BYTES - 3)}…\nhttps://dabiao.example/x"


def test_given_many_messages_when_written_then_a_head_a_line_each_and_one_link():
    assert many([ITEM, ITEM], "https://x") == "\n".join(
        ["2 messages", *["· 11-23 08:40 来访人呼叫：1号楼：没纸"] * 2, "https://x"]
    )
    assert len(line(replace(ITEM, text="x" * 5000)).encode()) == LINE_BYTES + len("· ".encode())


def test_given_a_kind_when_said_then_its_words_are_ours_and_only_what_fills_them_is_distrusted():
    assert said("call", {"point": "<@all>", "topic": "x.com/y"}) == (
        "A visitor calls",
        "＜＠all＞: a visitor calls: x．com/y",
    )
