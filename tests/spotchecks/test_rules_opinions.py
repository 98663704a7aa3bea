"""What only one person may review, and by which rule of independence (SP-13)."""

import pytest

from app.spotchecks.rules import Kind
from app.spotchecks.rules_opinions import NewReview, Way


@pytest.mark.parametrize(
    ("way", "item", "subject", "kind"),
    [
        (Way.DESK, "i1", "item:i1", Kind.SPOT),
        (Way.ONSITE, "i1", "onsite:c1", Kind.SPOT),
        (Way.ONSITE, None, "onsite:c1", Kind.SPOT),
        (Way.SELF, "i1", "item:i1", Kind.SELF),
        (Way.SELF, None, "self:c1", Kind.SELF),
    ],
)
def test_sp_13_given_a_look_when_kept_then_its_subject_is_the_place_on_a_list_or_the_record(way, item, subject, kind):
    new = NewReview("r1", way, "c1", (), item)

    assert (new.subject, new.kind) == (subject, kind)
