"""The demo's inspections: one announced with findings, one closed, one under way, two ahead, whenever it is loaded."""

from collections import Counter
from datetime import datetime

import pytest

from app import clock
from app.db import atomically, rows
from app.demo.actions import SITE
from app.demo.actions_arrivals import Site
from app.demo.actions_inspections import play_inspections
from app.inspections.models import Inspection, Signature
from app.inspections.queries import found_head
from app.inspections.queries_records import outcomes_of


@pytest.mark.parametrize("hour", ["2026-11-23T00:20", "2026-11-21T18:30", "2027-01-01T09:00"])
def test_given_any_hour_when_played_then_every_page_of_inspections_has_something(inside_demo, hour):
    now = datetime.fromisoformat(hour).replace(tzinfo=SITE)
    site = Site(SITE, inside_demo.extensions["photo_store"], 1_000_000)

    with clock.at(now):
        atomically(lambda: play_inspections(site, now))

    found = rows(Inspection.__table__.select())
    assert Counter(each.state for each in found) == {"planned": 2, "under_way": 1, "closed": 1, "announced": 1}
    told = next(each for each in found if each.state == "announced")
    assert [each.state for each in outcomes_of([told.id])[told.id]] == ["closed", "to_recheck"]
    assert len(rows(Signature.__table__.select().where(Signature.inspection_id == told.id))) == 2
    assert any(
        member.external_of for each in found if (head := found_head(each.id)) is not None for member in head.members
    )
