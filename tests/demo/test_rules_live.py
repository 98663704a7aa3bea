"""Most people of the demo take pictures with the camera of the page."""

import uuid
from datetime import timedelta

from app.demo.rules_live import nonce_of
from tests.support.builders import NOW


def test_given_people_of_the_demo_when_they_send_pictures_then_most_are_taken_on_the_spot_each_with_its_own_number():
    sent = [
        nonce_of(str(uuid.UUID(int=number << 80 | number)), f"wk-{number:02}", NOW, NOW + timedelta(minutes=5))
        for number in range(1, 77)
    ]

    live = [each for each in sent if each]
    assert len(sent) / 2 < len(live) < len(sent)
    assert len(set(live)) == len(live)


def test_given_a_picture_of_the_next_day_by_the_phone_s_clock_when_sent_then_it_is_not_verified():
    late = NOW + timedelta(days=1)

    assert not [n for n in range(1, 77) if nonce_of(str(uuid.UUID(int=n << 80)), f"wk-{n:02}", late, NOW)]
