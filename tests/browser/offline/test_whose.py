"""Whose pages a phone shows: the next person's, nobody's after signing out; unsent items stay."""

from tests.support.pocket import ITEM, ITEMS, PRIVATE, PUT, ROOM, sign_out
from tests.support.waiting import until


def test_given_the_next_person_signed_in_when_the_network_goes_then_nothing_of_the_first_is_shown(pocketed, sign_in):
    sign_out(pocketed)
    sign_in(pocketed, "wk-02")
    pocketed.goto("/")
    pocketed.context.set_offline(True)

    pocketed.goto(f"/P/{ROOM}")

    assert pocketed.locator("#submit").count() == 0
    assert pocketed.locator("#round a").count() == 0
    assert "private-wk-01" not in pocketed.evaluate(PRIVATE)


def test_given_unsent_items_when_signing_out_then_pages_go_and_items_stay(pocketed):
    pocketed.evaluate(PUT, ["items", ITEM])

    sign_out(pocketed)

    assert pocketed.evaluate(PRIVATE) == []
    assert pocketed.evaluate(ITEMS) == ["one"]


def test_given_no_network_when_signing_out_then_pages_are_gone_and_the_session_ends_with_the_network(pocketed):
    page = pocketed
    page.evaluate(PUT, ["items", ITEM])
    page.context.set_offline(True)
    sign_out(page)
    page.goto(f"/P/{ROOM}")
    until(page, "document.querySelector('h1').textContent.includes('退出')")
    assert page.evaluate(PRIVATE) == []

    # The page itself goes on as soon as there is a network; this one is left before.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/")

    assert "/login" in page.url
    assert page.evaluate("fetch('/api/v1/session').then((answer) => answer.status)") == 401
    assert page.evaluate(ITEMS) == ["one"]
