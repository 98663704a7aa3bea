"""History changed at random past the program: the walk names something every time, and nothing once it is undone."""

from datetime import timedelta

import pytest

from app.chain.actions_seal import seal
from app.chain.actions_verify import verify
from tests.support import builders as make
from tests.support.history import STEPS, checked
from tests.support.tampering import found_after

ROUNDS, EACH = 40, 25
# Other ones than those that tests/chain tries every time.
FIRST_SEED = 10_000


@pytest.mark.slow
def test_given_a_sealed_history_when_changed_at_random_then_each_change_is_found(inside, database, rounds):
    folder = inside.extensions["settings"].instance
    make.small_world(*STEPS)
    for number in range(8):
        at = make.NOW + timedelta(minutes=10 * number)
        checked(inside, number + 1, received=at)
        if number % 2:
            seal(folder, at + timedelta(minutes=1))

    for number in rounds.of(f"tamperings-{database}", share=1, full=ROUNDS, each=EACH):
        first = FIRST_SEED + number * EACH
        outcomes = {seed: found_after(folder, seed) for seed in range(first, first + EACH)}
        unseen = {seed: done for seed, (done, outcome) in outcomes.items() if outcome.ok}
        assert unseen == {}

    assert verify(folder).ok
