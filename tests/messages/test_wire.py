"""The door to other servers, with real sockets on loopback."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from app.messages import wire
from app.messages.rules_requests import Call
from app.messages.wire import send
from tests.support.stubs import stub


@pytest.fixture
def server():
    with stub() as made:
        yield made


def post(url, *named):
    return send(Call("POST", url, b"{}", {"Content-Type": "application/json"}), named)


def test_given_a_named_host_when_called_then_the_answer_comes_back(server):
    answer = post(f"{server.url}/send?key=1", server.name)

    assert (answer.status, answer.fault) == (200, "")
    assert server.asked[0].path == "/send?key=1" and server.asked[0].headers["Host"] == server.name


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0",
        "0.0.0.0",
    ],
)
def test_given_an_inside_host_however_written_when_called_then_nothing_reaches_it(server, host):
    answer = post(f"https://{host}:{server.port}/")

    assert answer.fault in ("inside", "address", "name")
    assert server.asked == []


def test_given_a_host_named_with_its_port_when_another_port_is_called_then_it_is_refused(server):
    assert post(f"{server.url}/", f"127.0.0.1:{server.port + 1}").fault == "address"
    assert server.asked == []


def test_given_a_redirect_when_called_then_it_is_not_followed(server):
    server.answer = lambda _asked: (302, b"", {"Location": f"{server.url}/inside"})

    assert post(f"{server.url}/", server.name).status == 302
    assert len(server.asked) == 1


def test_given_a_name_that_changes_its_mind_when_called_then_the_checked_address_is_the_one_connected_to(monkeypatch):
    answers, asked, reached = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"]), [], []

    def rebinding(host, port, *_args, **_kwargs):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def unreachable(address, **_kwargs):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", unreachable)

    assert post("https://rebind.example/").fault == "connection"
    assert (asked, reached) == (["rebind.example"], [("93.184.215.14", 443)])


def test_given_a_name_with_an_inside_address_when_called_then_it_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("93.184.215.14", "169.254.169.254")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)

    assert post("https://metadata.example/").fault == "inside"


def test_given_a_server_that_is_silent_or_drips_when_called_then_the_wait_ends(server, monkeypatch):
    monkeypatch.setattr(wire, "ANSWER_S", 0.3)
    monkeypatch.setattr(wire, "WHOLE_S", 0.8)
    server.answer = lambda _asked: time.sleep(1.5) or (200, b"")
    started = time.monotonic()

    assert post(f"{server.url}/", server.name).fault == "timeout"
    assert time.monotonic() - started < 1.4


def test_given_a_server_that_sends_a_byte_now_and_then_when_called_then_the_whole_wait_ends(monkeypatch):
    monkeypatch.setattr(wire, "WHOLE_S", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

        def drip():
            link, _ = door.accept()
            with link, suppress(OSError):
                link.recv(4096)
                for _ in range(60):
                    link.sendall(b"H")
                    time.sleep(0.1)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        started = time.monotonic()

        assert post(f"http://127.0.0.1:{port}/", f"127.0.0.1:{port}").fault == "timeout"
        assert time.monotonic() - started < 2
        thread.join()


def test_given_nobody_there_or_a_hang_up_when_called_then_it_is_no_connection(server):
    def hang_up(_asked):
        raise ConnectionResetError

    server.answer = hang_up
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = f"127.0.0.1:{probe.getsockname()[1]}"

    assert post(f"http://{closed}/", closed).fault == "connection"
    assert post(f"{server.url}/", server.name).fault == "connection"


def test_given_an_endless_answer_when_called_then_only_its_beginning_is_read(server):
    server.answer = lambda _asked: (200, b"x" * 2_000_000)

    assert len(post(f"{server.url}/", server.name).body) == wire.MOST_BYTES
