"""Which renderings of a page are the same page."""

from app.pwa.rules import tag_of

PAGE = '<input name="csrf_token" value="{}"><input name="id" value="{}"><input name="opened_at" value="{}">{}'


def page(token="t", number="1", opened="08:00", left="5 min left", rest="<p>Wipe</p>"):
    return (PAGE.format(token, number, opened, rest) + f'<span id="left" data-until="9">{left}</span>').encode()


def test_given_two_renderings_that_differ_in_fleeting_things_when_tagged_then_the_tags_are_the_same():
    first, second = page(), page(token="u", number="2", opened="08:01", left="4 min left")

    assert tag_of(first) == tag_of(second)


def test_given_another_sentence_when_tagged_then_the_tag_is_another():
    assert tag_of(page()) != tag_of(page(rest="<p>Rinse</p>"))
