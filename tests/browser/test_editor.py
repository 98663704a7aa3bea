"""The editor of drafts in a real browser: by keyboard, with a pasted table, a phone beside it, two editors at once."""

import pytest

from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support.drafts import PAGE, draft, project
from tests.support.servers import module_server
from tests.support.waiting import until

PASTE = """([html, text]) => {
  const clipboard = new DataTransfer();
  clipboard.setData("text/html", html);
  clipboard.setData("text/plain", text);
  const pasted = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
  document.getElementById("paste").dispatchEvent(pasted);
}"""
ROWS = "".join(f"<tr><td>{at}</td><td>{title}</td><td>{said}</td></tr>" for at, title, said in (
    ("序号", "步骤", "要求"), ("1", "擦镜", "无水渍"), ("2", "拖地", "无积水"),
))  # fmt: skip
WORD = f"<html><head><style>p{{}}</style></head><body><table class=Mso onclick='x()'>{ROWS}</table></body></html>"
KEPT = "document.getElementById('kept').textContent"


def load(app):
    make.small_world()
    make.person("stan", "standards", "bureau")
    make.person("max", "standards", "bureau")
    for number, origin in enumerate((None, "JGSW05003.01-2026", None, None)):
        project(name(number), code=f"JGSW05003.9{number}")
        draft(name(number), origin)


def name(number):
    return f"00000000-0000-4000-8000-0000000000d{number + 1}"


def page_of(number):
    return PAGE.replace(name(0), name(number))


server = module_server("drafts", load)


def order(page):
    return page.locator("#draft-list li[data-step] a > span:nth-child(2)").all_inner_texts()


def kept_as(page, revision):
    until(
        page, f"() => document.querySelector('#part-form [name=revision]').value === '{revision}'", told=f"() => {KEPT}"
    )


def test_given_a_keyboard_when_three_steps_are_drafted_then_they_are_kept_ordered_and_shown_on_the_phone(desk, sign_in):
    sign_in(desk, "stan")
    desk.goto(page_of(0))
    press = desk.keyboard.press
    for number, title in enumerate(("开窗", "擦台", "关灯"), 1):
        desk.focus("#add-step")
        press("Enter")
        desk.wait_for_url(f"**step=S0{number}")
        until(desk, "() => document.activeElement.id === 'title'")
        desk.keyboard.type(title)
        press("Tab")
        kept_as(desk, 2 * number + 1)

    desk.focus("#to-S03")
    press("Alt+ArrowUp")
    kept_as(desk, 8)
    until(desk, "() => document.activeElement.id === 'to-S03'")
    press("Alt+ArrowUp")
    kept_as(desk, 9)

    assert order(desk) == ["关灯", "开窗", "擦台"]
    frame = desk.frame_locator("#preview")
    frame.locator(".step").nth(2).wait_for()
    assert [each.split()[0] for each in frame.locator(".step-title").all_inner_texts()][:3] == ["关灯", "开窗", "擦台"]

    with desk.expect_navigation():
        press("Control+z")
    kept_as(desk, 10)
    assert order(desk) == ["开窗", "关灯", "擦台"]


def test_given_a_table_of_word_when_pasted_then_its_rows_are_steps_and_undo_takes_them_out(desk, sign_in):
    sign_in(desk, "stan")
    desk.goto(page_of(1))

    desk.evaluate(PASTE, [WORD, "序号\t步骤\t要求\n"])
    desk.wait_for_url("**step=S02")

    assert order(desk)[1:] == ["擦镜", "拖地"]
    with desk.expect_navigation():
        desk.click("#undo")
    assert len(order(desk)) == 1
    desk.goto(f"{page_of(1)}/compare")
    assert "没有变化" in desk.inner_text("main")


def test_given_two_editors_when_both_change_a_title_then_the_second_chooses(opened, desk, sign_in):
    other = opened(locale="zh-CN")
    sign_in(desk, "stan")
    sign_in(other, "max")
    desk.goto(f"{page_of(1)}?step=S01")
    other.goto(f"{page_of(1)}?step=S01")
    seen = int(desk.input_value("#part-form [name=revision]"))

    desk.fill("#title", "甲写的")
    desk.keyboard.press("Tab")
    kept_as(desk, seen + 1)
    other.fill("#title", "乙写的")
    other.fill("#safety", "防滑")
    other.keyboard.press("Tab")
    other.get_by_role("button", name="以对方的为准").wait_for()

    assert "甲写的" in other.inner_text("main")
    assert "乙写的" in other.inner_text("main")
    other.get_by_role("button", name="以对方的为准").click()
    other.wait_for_url("**step=S01")
    assert (other.input_value("#title"), other.input_value("#safety")) == ("甲写的", "防滑")


def test_given_limits_upside_down_when_typed_then_the_field_says_so_and_the_draft_stays(desk, sign_in):
    sign_in(desk, "stan")
    desk.goto(page_of(2))
    desk.click("#add-step")
    desk.wait_for_url("**step=S01")

    desk.check("[name=evidence][value=number]")
    kept_as(desk, 3)
    desk.fill("#max", "3")
    desk.keyboard.press("Tab")
    kept_as(desk, 4)
    desk.fill("#min", "5")
    desk.keyboard.press("Tab")
    until(desk, "() => !document.getElementById('min-error').hidden")

    assert desk.inner_text("#min-error") == "下限高于上限。"
    assert desk.input_value("#part-form [name=revision]") == "4"


def test_tr_2_given_a_keyboard_when_a_question_is_written_then_it_is_kept_with_the_right_answer(desk, sign_in):
    sign_in(desk, "stan")
    desk.goto(page_of(3))
    desk.focus("#add-question")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**question=Q1")
    until(desk, "() => document.activeElement.id === 'stem'")

    desk.keyboard.type("哪一种算合格？")
    for key, words in (("Tab", ""), ("Tab", "无积水"), ("Tab", "有积水"), ("Tab", "")):
        desk.keyboard.press(key)
        desk.keyboard.type(words)
    desk.locator("[name=right]").nth(1).focus()
    desk.keyboard.press("ArrowUp")
    until(desk, "() => document.querySelector('#draft-list [aria-current]').textContent.includes('哪一种算合格')")
    until(desk, "() => !document.getElementById('draft-faults').textContent.includes('请标出正确选项')")

    desk.goto(f"{page_of(3)}?question=Q1")
    assert desk.locator("[name=option]").nth(0).input_value() == "无积水"
    assert desk.locator("[name=right]").nth(0).is_checked()
    assert faults(desk, f"{page_of(3)}?question=Q1") == []
    assert faults(desk, f"{page_of(3)}?training=1") == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_given_the_editor_when_axe_looks_then_it_finds_nothing(opened, sign_in, look):
    page = opened(locale="zh-CN", viewport={"width": 1360, "height": 860}, color_scheme=look)
    sign_in(page, "stan")
    for address in (f"{page_of(1)}?step=S01", page_of(1), f"{page_of(1)}/preview"):
        assert faults(page, address) == []
