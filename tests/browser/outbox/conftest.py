"""A phone of wk-01 before the walk, with the outbox and with the round on it."""

import pytest

from tests.support.outbox import READY
from tests.support.servers import module_server
from tests.support.waiting import until
from tests.support.walk import load_walk

server = module_server("walk", load_walk)


@pytest.fixture(scope="module")
def instance(server):
    """The folder of the server's files."""
    return server.instance


@pytest.fixture
def signed_in(phone, sign_in):
    sign_in(phone, "wk-01")
    return phone


@pytest.fixture
def pocketed(signed_in):
    """A phone with the round of wk-01 on it."""
    signed_in.goto("/")
    until(signed_in, READY, 40)
    return signed_in
