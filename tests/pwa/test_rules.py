"""Which renderings of a page are the same page, and what scripts fetch by themselves."""

import re

from app.pwa.rules import fetched_later, tag_of

PAGE = '<input name="csrf_token" value="{}"><input name="id" value="{}"><input name="opened_at" value="{}">{}'


def page(token="t", number="1", opened="08:00", left="5 min left", rest="<p>Wipe</p>"):
    return (PAGE.format(token, number, opened, rest) + f'<span id="left" data-until="9">{left}</span>').encode()


def test_given_two_renderings_that_differ_in_fleeting_things_when_tagged_then_the_tags_are_the_same():
    first, second = page(), page(token="u", number="2", opened="08:01", left="4 min left")

    assert tag_of(first) == tag_of(second)


def test_given_another_sentence_when_tagged_then_the_tag_is_another():
    assert tag_of(page()) != tag_of(page(rest="<p>Rinse</p>"))


def test_given_another_field_or_another_end_of_the_window_when_tagged_then_the_tag_is_another():
    assert tag_of(b'<input name="id" value="1">') != tag_of(b'<input name="opened_at" value="1">')
    assert tag_of(b'<span id="left" data-until="9">1') != tag_of(b'<span id="left" data-until="8">1')


def test_given_a_page_when_tagged_then_the_tag_has_twenty_four_signs_of_a_hash():
    assert re.fullmatch("[0-9a-f]{24}", tag_of(page()))


def test_given_a_script_that_loads_others_on_demand_when_followed_then_all_they_need_is_named():
    scripts = {
        "work": 'import { a } from "./a.js";\nconst { b } = await import("./b.js");',
        "a": "",
        "b": 'import { c } from "./c.js";\nlink(new URL("../css/b.css", import.meta.url).href);',
        "c": 'import { b } from "./b.js";\n',
    }

    assert fetched_later(scripts, ["work", "a"]) == ["css/b.css", "js/b.js", "js/c.js"]
