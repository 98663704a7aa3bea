"""Given the life of a label code, when scanned at an instant, then it opens or not."""

from datetime import UTC, datetime, timedelta

from app.places.rules import CodeLife, old_code_ends

ISSUED = datetime(2026, 1, 1, tzinfo=UTC)


def life(**changes) -> CodeLife:
    return CodeLife(**({"issued_at": ISSUED, "replaced_by": None, "valid_until": None, "withdrawn_at": None} | changes))


def test_given_a_current_code_when_scanned_then_it_opens():
    assert life().is_current() and life().opens_at(ISSUED + timedelta(days=900))


def test_given_a_replaced_code_when_scanned_then_it_opens_for_thirty_days():
    replaced = ISSUED + timedelta(days=10)
    old = life(replaced_by="7K3QX9M2TA", valid_until=old_code_ends(replaced))

    assert not old.is_current()
    assert old.opens_at(replaced + timedelta(days=30, seconds=-1))
    assert not old.opens_at(replaced + timedelta(days=30))


def test_given_a_withdrawn_code_when_it_was_opened_before_then_that_opening_counts():
    withdrawn = life(withdrawn_at=ISSUED + timedelta(days=5))

    assert withdrawn.opens_at(ISSUED + timedelta(days=4)) and not withdrawn.opens_at(ISSUED + timedelta(days=5))
