"""What a visitor may send along (contract, Public page)."""

import pytest

from app.feedback.rules_public import photo_welcome


@pytest.mark.parametrize(
    ("kind", "allowed", "welcome"),
    [("lobby", True, True), ("lobby", False, False), ("restroom", True, False), ("restroom", False, False)],
)
def test_given_a_place_when_a_visitor_wants_to_send_a_photo_then_never_from_a_restroom(kind, allowed, welcome):
    assert photo_welcome(kind, photo_allowed=allowed) is welcome
