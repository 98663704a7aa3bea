"""Explained steps in the demo: each crew leader of the cleaners has recorded the first steps of the restroom."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.demo.actions_arrivals import Site
from app.demo.compound import content
from app.demo.rules_sounds import hummed
from app.photos.actions import keep_file
from app.photos.rules import Upload
from app.standards.actions_audio import keep_recording, lesson

NUMBER, STEPS = "JGSW05003.01-2026", ("S01", "S02", "S03", "S04")
UNIT = "ctr-clean"
MAX_BYTES = 200_000
RECORDED = timedelta(days=20)


def play_lessons(site: Site, now: datetime) -> int:
    """The recordings; gives back how many. The voice is hummed: the demo names nobody's."""
    at, count = now - RECORDED, 0
    for crew in content("crews"):
        leader = person_by_id(crew["leader"]) if crew["org"] == UNIT else None
        if leader is None:
            continue
        for step_id in STEPS:
            what = lesson(NUMBER, step_id, leader)
            sound = hummed(min(14, len(what.step.title) + 4), f"{crew['id']}:{step_id}")
            upload = Upload(
                str(uuid5(NAMESPACE_URL, f"dabiao:lesson:{crew['id']}:{step_id}")), sound, leader.id, "audio/wav"
            )
            kept, _new = keep_file(
                site.store, upload, max_bytes=MAX_BYTES, now=now, day=now.astimezone(site.zone).date()
            )
            keep_recording(what, kept, leader, site.store, at)
            count += 1
    return count
