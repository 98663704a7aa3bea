"""Claims over HTTP: taken, given back, taken over; per POST the five questions."""

import pytest

from app.checks.models import Claim
from app.schedule.models import Occurrence
from tests.support.protocol import ID, WISH, Phone, claim_body, counted, kept, world


def test_given_a_window_when_claimed_then_201_again_200_and_409_for_a_colleague_until_taken_over(app):
    world(app)
    ann, lea = Phone(app, "ann"), Phone(app, "lea")

    assert ann.post("/api/v1/claims", claim_body()).status_code == 201
    assert ann.post("/api/v1/claims", claim_body()).status_code == 200
    held = lea.post("/api/v1/claims", claim_body(id=ID))
    taken = lea.post("/api/v1/claims", claim_body(id=ID, takeover_reason="顶班"))

    assert (held.status_code, held.json["holder"]) == (409, {"id": "ann", "name": "人员ann"})
    assert taken.status_code == 201
    assert kept(app, Occurrence)[0].claimed_by_id == "lea"
    assert [(row.person_id, row.takeover_from_id, row.released_at is None) for row in kept(app, Claim)] == [
        ("lea", "ann", True), ("ann", None, False),
    ]  # fmt: skip


def test_given_a_claim_when_given_back_then_it_is_free_and_a_stranger_cannot(app):
    world(app)
    ann, lea = Phone(app, "ann"), Phone(app, "lea")
    ann.post("/api/v1/claims", claim_body())

    assert lea.call("DELETE", f"/api/v1/claims/{WISH}").status_code == 404
    assert ann.call("DELETE", f"/api/v1/claims/{WISH}").status_code == 200
    assert ann.call("DELETE", f"/api/v1/claims/{WISH}").status_code == 200
    assert kept(app, Occurrence)[0].claimed_by_id is None


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"window": "x"}, 422), ({"id": "x"}, 422), ({"code": "0000000000"}, 404), ({"window": None}, 422)],
)
def test_given_a_bad_claim_when_posted_then_it_is_refused_and_nothing_changes(app, changed, status):
    world(app)
    phone = Phone(app, "ann")
    before = counted(app)

    assert phone.post("/api/v1/claims", claim_body(**changed)).status_code == status
    assert counted(app) == before
    assert Phone(app, "bob").post("/api/v1/claims", claim_body()).status_code == 403
