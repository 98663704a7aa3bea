"""Who measures how long an answer takes cannot tell by it which label codes exist."""

import itertools
import statistics
import time

from app.db import db
from app.places.queries import current_codes
from qr.payload import new_code

REQUESTS = 2_000
WARMING_UP = 40
MOST_APART = 0.1


def seconds(app, code, number):
    """One visitor's request, each from an address of its own so that none has used up the tries."""
    visitor, address = app.test_client(use_cookies=False), f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    visitor.inspecting = False
    started = time.perf_counter()
    answer = visitor.get(f"/p/{code}", environ_overrides={"REMOTE_ADDR": address})
    return time.perf_counter() - started, answer.status_code


def test_given_known_and_unknown_codes_in_turn_when_visitors_ask_then_the_medians_are_within_a_tenth(demo_app):
    with demo_app.app_context():
        known = itertools.cycle(sorted(current_codes().values()))
        db.session.remove()
    took: dict[int, list[float]] = {200: [], 404: []}

    for number in range(REQUESTS + WARMING_UP):
        spent, status = seconds(demo_app, next(known) if number % 2 else new_code(), number)
        if number >= WARMING_UP:
            took[status].append(spent)

    of_known, of_unknown = statistics.median(took[200]), statistics.median(took[404])
    assert len(took[200]) == len(took[404]) == REQUESTS / 2
    assert abs(of_known - of_unknown) <= MOST_APART * max(of_known, of_unknown), (of_known, of_unknown)
