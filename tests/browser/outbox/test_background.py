"""Background Sync: with no page open the service worker itself sends, for the person whose turn it is."""

import pytest

from tests.support.outbox import QUEUE, STATES, checks_of, report, rows
from tests.support.waiting import until


@pytest.fixture
def call(pocketed):
    """Let the browser tell the service worker that there is a network, as Background Sync does."""
    link, known = pocketed.context.new_cdp_session(pocketed), []
    link.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    link.send("ServiceWorker.enable")
    # Modules that are asked for later, without a network.
    pocketed.evaluate(QUEUE, [])

    def through():
        worker = known[-1]
        named = {"origin": worker["scopeURL"].rstrip("/"), "registrationId": worker["registrationId"]}
        link.send("ServiceWorker.dispatchSyncEvent", {**named, "tag": "dabiao-outbox", "lastChance": False})

    return through


def arrives(page, instance, *ids):
    for _ in range(60):
        if checks_of(instance, *ids) == sorted(ids):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"only {checks_of(instance, *ids)} of {ids} arrived")


def test_given_records_of_two_people_and_no_page_open_when_the_network_is_back_then_the_worker_sends_the_own_ones(
    pocketed, call, room, instance
):
    own, other = report(room), report(room, "wk-02")
    pocketed.context.set_offline(True)
    pocketed.evaluate(QUEUE, [own, other])
    pocketed.goto("about:blank")
    pocketed.context.set_offline(False)

    call()

    arrives(pocketed, instance, own["id"])
    assert checks_of(instance, other["id"]) == []
    pocketed.goto("/offline")
    until(pocketed, f"async () => (await ({STATES})())['{own['id']}'] === 'arrived'")
    assert pocketed.evaluate(STATES)[other["id"]] == "kept"


def test_given_photos_by_wifi_only_and_no_page_open_when_the_worker_sends_then_the_check_is_registered_only(
    pocketed, call, room, instance
):
    photo = {"id": "00000000-0000-4000-8000-0000000000aa", "kind": "photo", "type": "image/jpeg", "sent": False}
    item = report(room) | {"media": [photo]}
    pocketed.goto("/outbox")
    pocketed.check("#wifi")
    pocketed.context.set_offline(True)
    pocketed.evaluate(QUEUE, [item])
    pocketed.goto("about:blank")
    pocketed.context.set_offline(False)

    call()

    told = "select photos from arrivals where check_id = ?"
    for _ in range(40):
        if rows(instance, told, item["id"]):
            break
        pocketed.wait_for_timeout(250)
    assert rows(instance, told, item["id"]) == [(1,)]
    assert checks_of(instance, item["id"]) == []
