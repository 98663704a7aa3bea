"""A phone with the round of wk-01 on it, and one behind a line that plays tricks."""

import pytest

from tests.browser.conftest import CHINA
from tests.support.pocket import fill_pocket, load_round
from tests.support.servers import module_server
from tests.support.strangers import between

server = module_server("round", load_round)


@pytest.fixture
def pocketed(phone, sign_in):
    """A phone with wk-01's round on it."""
    sign_in(phone, "wk-01")
    phone.goto("/")
    fill_pocket(phone)
    return phone


@pytest.fixture
def first(pocketed):
    """The same phone at its first opening without a network."""
    pocketed.context.set_offline(True)
    return pocketed


@pytest.fixture
def line(server):
    """Something between the phone and the server."""
    with between(int(server.url.rpartition(":")[2])) as made:
        yield made


@pytest.fixture
def behind(opened, playwright, line, sign_in):
    """A phone on that line, with wk-01's round on it."""
    page = opened(**playwright.devices["Pixel 7"], **CHINA, base_url=line.url)
    sign_in(page, "wk-01")
    page.goto("/")
    fill_pocket(page)
    return page
