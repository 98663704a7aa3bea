import socket

import pytest

from app.cli_serve import _reachable, _refuse_taken, serve
from tests.support.servers import free_port


def test_given_a_taken_port_when_serving_then_one_message_names_it_and_another(app):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = app.test_cli_runner().invoke(serve, ["--port", str(port)])

    assert done.exit_code == 1
    assert f"try PORT={port + 1}" in done.output


def test_given_a_free_port_when_asked_then_nothing_is_refused():
    _refuse_taken("127.0.0.1", free_port())


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3"])
def test_given_one_address_to_listen_on_when_asked_what_phones_open_then_it_is_that(host):
    assert _reachable(host, 8000, "https") == f"https://{host}:8000"


def test_given_all_addresses_when_asked_what_phones_open_then_it_is_one_with_the_port():
    assert _reachable("0.0.0.0", 8123, "http").endswith(":8123")
    assert "0.0.0.0" not in _reachable("0.0.0.0", 8123, "http")
