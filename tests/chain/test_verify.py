"""The chain: what was sealed is found again, and whatever is changed, removed or slipped in is named (rules DS-8)."""

from datetime import timedelta

import pytest

from app import clock
from app.accounts.actions import note
from app.chain import store
from app.chain.actions_disposal import approve, carry_out, propose
from app.chain.actions_seal import seal
from app.chain.actions_verify import verify
from app.chain.rules_faults import Kind
from app.db import atomically
from tests.support import builders as make
from tests.support.history import STEPS, checked, raw, unguarded
from tests.support.tampering import found_after

HOUR = timedelta(hours=1)


@pytest.fixture
def sealed(inside):
    """Eight checks sealed in four runs, an hour between them."""
    make.small_world(*STEPS)
    for number in range(8):
        at = make.NOW + timedelta(minutes=10 * number)
        checked(inside, number + 1, received=at)
        with clock.at(at):
            atomically(lambda: note("ann", "password", "sue"))
        if number % 2:
            seal(folder(inside), at + timedelta(minutes=1))
    return inside


def folder(app):
    return app.extensions["settings"].instance


def test_given_a_clean_history_when_walked_then_everything_fits(sealed):
    outcome = verify(folder(sealed))

    assert outcome.ok, outcome.faults
    assert outcome.entries == raw("SELECT count(*) FROM chain_entries")[0][0] > 16
    assert outcome.without_key == 0


def test_given_a_sealed_history_when_sealed_again_then_nothing_is_added(sealed):
    before = raw("SELECT count(*) FROM chain_entries")[0][0]

    again = seal(folder(sealed), make.NOW + 2 * HOUR) + seal(folder(sealed), make.NOW + 3 * HOUR, whole=True)

    assert again == 0
    assert raw("SELECT count(*) FROM chain_entries")[0][0] == before
    assert verify(folder(sealed)).ok


@pytest.mark.parametrize("seeds", [range(start, start + 15) for start in range(0, 60, 15)])
def test_given_random_tamperings_when_walked_then_each_is_found(sealed, seeds):
    unseen = []
    for seed in seeds:
        done, outcome = found_after(folder(sealed), seed)
        if outcome.ok or outcome.first is None:
            unseen.append((seed, done))

    assert unseen == []
    assert verify(folder(sealed)).ok


def test_given_a_changed_reading_when_walked_then_its_check_is_named(sealed):
    with unguarded():
        raw("UPDATE answers SET value = 3.5 WHERE check_id = :id AND step_id = 'S02'", id=_id(3))

    outcome = verify(folder(sealed))

    assert [(each.kind, each.table, each.key) for each in outcome.faults] == [(Kind.CHANGED, "checks", _id(3))]


def test_given_an_older_copy_put_back_when_sealed_again_then_the_gap_stays_in_the_chain(sealed):
    known = store.head(folder(sealed))
    with unguarded():
        raw("DELETE FROM chain_entries WHERE seq > 6")
        raw("DELETE FROM chain_seals WHERE seq > 6")
    assert Kind.TAIL in {each.kind for each in verify(folder(sealed)).faults}

    seal(folder(sealed), make.NOW + 2 * HOUR, whole=True)

    outcome = verify(folder(sealed))
    assert Kind.GAP in {each.kind for each in outcome.faults}
    assert store.head(folder(sealed))[0] >= known[0]


def test_given_a_lost_key_when_walked_then_it_says_how_much_still_stands_by_its_links_alone(sealed):
    (folder(sealed) / store.KEY).unlink()

    outcome = verify(folder(sealed))

    assert outcome.ok
    assert outcome.without_key == outcome.entries
    checked(sealed, 9, received=make.NOW + 2 * HOUR)
    seal(folder(sealed), make.NOW + 2 * HOUR)
    assert 0 < verify(folder(sealed)).without_key < verify(folder(sealed)).entries


def test_given_a_disposal_by_two_when_walked_then_digest_and_reason_stand_for_the_record(sealed):
    number = atomically(lambda: propose([("checks", _id(2))], reason="满", by_id="sue", now=make.NOW + 2 * HOUR))
    atomically(lambda: approve(number, "ada", make.NOW + 2 * HOUR))
    atomically(lambda: carry_out(number, make.NOW + 2 * HOUR))
    seal(folder(sealed), make.NOW + 2 * HOUR)

    outcome = verify(folder(sealed))

    assert outcome.ok, outcome.faults
    assert outcome.disposed == 1


def test_given_a_disposed_photo_when_walked_then_its_check_still_stands(sealed):
    photo = raw("SELECT id FROM photos WHERE check_id = :id", id=_id(4))[0][0]
    number = atomically(lambda: propose([("photos", photo)], reason="满", by_id="sue", now=make.NOW + 2 * HOUR))
    atomically(lambda: approve(number, "ada", make.NOW + 2 * HOUR))
    atomically(lambda: carry_out(number, make.NOW + 2 * HOUR))

    assert verify(folder(sealed)).ok


def test_given_a_range_when_walked_then_only_what_was_sealed_then_is_read(sealed):
    part = verify(folder(sealed), since=make.NOW + timedelta(minutes=25), until=make.NOW + timedelta(minutes=60))

    assert part.ok
    assert 0 < part.entries < verify(folder(sealed)).entries


def _id(number):
    return f"00000000-0000-4000-8000-{number:012}"
