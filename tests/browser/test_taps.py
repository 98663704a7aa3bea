"""Taps from scan to receipt on the demo's own standards; a photo counts two: one opens the camera, one takes it."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.support.pictures import jpeg

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
PHOTO = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1600, 1200)}
RESTROOM, VEHICLE = "01-01-WC-01", "OUT-00-VH-01"


@pytest.fixture
def label_of(server):
    """Label code of a point by the code that people say."""

    def find(point):
        with closing(sqlite3.connect(server.log.parent / "test.sqlite3")) as link:
            query = "SELECT l.code FROM label_codes l JOIN points p ON p.id = l.point_id WHERE p.code = ?"
            return link.execute(query, (point,)).fetchone()[0]

    return find


class Thumb:
    """Taps and counts."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, target):
        self.page.locator(target).first.tap()
        self.taps += 1

    def photo(self, step):
        with self.page.expect_file_chooser() as chooser:
            self.tap(f"#{step} .shoot")
        chooser.value.set_files(PHOTO)
        self.taps += 1
        self.page.wait_for_selector(f"#{step} .shot:not(.wait)")

    def type(self, step, keys):
        self.tap(f"#{step} .reading input")
        for key in (*keys, "done"):
            self.tap(f"[data-key='{key}']")

    def answer(self, step, readings):
        """The plain right answer to whatever the step asks."""
        node = self.page.locator(f"#{step}")
        if node.locator(".confirm").count():
            self.tap(f"#{step} .confirm")
        elif node.locator(".reading").count():
            self.type(step, readings[step])
        elif node.locator(".choices").count():
            self.tap(f"#{step} .choices .opt")
        else:
            if node.locator(".photos[data-need='1']").count():
                self.photo(step)
            self.tap(f"#{step} .opt.pass")

    def walk(self, readings):
        """One step a screen: what the page shows is answered, and it goes on by itself."""
        while not self.page.locator("body.sum").count():
            step = self.page.locator(".step.here").get_attribute("id")
            if "ordinary" in self.page.locator(".step.here").get_attribute("class"):
                self.tap(".rest")
            else:
                self.answer(step, readings)
            self.page.wait_for_selector(f"#{step}:not(.here)", state="attached")
        self.send()

    def do(self, readings):
        for step in self.page.locator(".step:visible:not(.ordinary)").evaluate_all("all => all.map(one => one.id)"):
            self.answer(step, readings)
        if self.page.locator(".rest").is_visible():
            self.tap(".rest")
        self.send()

    def send(self):
        self.tap("#submit")
        self.page.wait_for_url(RECEIPT)


@pytest.mark.parametrize(
    ("person", "point", "task", "readings", "most"),
    [
        ("wk-01", RESTROOM, "standard=JGSW05003.01-2026&profile=round", {}, 12),
        ("wk-07", VEHICLE, "standard=JGSW05008.01-2026&profile=full", {"S01": "0", "S04": "245"}, 20),
    ],
    ids=["restroom-round", "pre-trip"],
)
@pytest.mark.parametrize("one", [False, True], ids=["list", "one-step"])
def test_given_a_task_when_done_from_scan_to_receipt_then_few_taps_suffice(
    one, person, point, task, readings, most, phone, sign_in, label_of, server
):
    sign_in(phone, person)
    phone.context.add_cookies([{"name": f"one-{person}", "value": str(int(one)), "url": server.url}])
    phone.goto(f"/p/{label_of(point)}?{task}")
    phone.wait_for_selector("#check.on" if one else "#check:not(.on)")
    thumb = Thumb(phone)

    thumb.walk(readings) if one else thumb.do(readings)

    assert thumb.taps <= most
