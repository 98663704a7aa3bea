"""The demo's explained steps: heard by the crew on whose leader's phone they were recorded, and small."""

import io
import wave
from zoneinfo import ZoneInfo

from app import clock
from app.accounts.queries import person_by_id
from app.db import atomically
from app.demo.actions_arrivals import Site
from app.demo.actions_lessons import NUMBER, STEPS, play_lessons
from app.demo.rules_sounds import hummed
from app.standards.queries import edition, edition_row
from app.standards.queries_audio import forget, step_audio


def test_given_a_seed_when_hummed_then_it_is_a_short_wav_and_the_same_every_time():
    sound = hummed(8, "a")

    with wave.open(io.BytesIO(sound)) as read:
        assert (read.getnchannels(), read.getframerate(), read.getsampwidth()) == (1, 8000, 1)
        assert 1 < read.getnframes() / read.getframerate() < 4
    assert sound == hummed(8, "a") != hummed(8, "b")
    assert len(sound) < 32_000


def test_given_the_demo_when_lessons_are_played_then_a_cleaner_hears_the_first_steps(inside_demo):
    site = Site(ZoneInfo("Asia/Shanghai"), inside_demo.extensions["photo_store"], 1_000_000)
    now = clock.now()

    count = atomically(lambda: play_lessons(site, now))

    forget()
    row, worker = edition_row(NUMBER), person_by_id("wk-01")
    assert count == 4 * len(STEPS)
    assert set(step_audio(worker, edition(row), now)) == set(STEPS)
