"""The worker under a real gunicorn: one thread for what follows at once, none held back from others, a clean end."""

import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.serving_patience import Patience
from app.serving_worker import TOGETHER_BYTES, Together
from bench.loadgen import Link, wait_for
from tests.support.servers import free_port
from tests.support.threads_app import LONG

ROOT = Path(__file__).resolve().parent.parent
THREADS = 2


@pytest.fixture
def worker():
    return "app.serving_worker.StayingWorker"


@pytest.fixture
def said():
    """More options of gunicorn."""
    return []


@pytest.fixture
def log(tmp_path):
    """Where the server writes."""
    with (tmp_path / "said").open("wb") as file:
        yield file


@pytest.fixture
def server(worker, said, log):
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", worker]
    command += ["--threads", str(THREADS), "--keep-alive", "5", "--graceful-timeout", "5", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, *said, "--bind", f"127.0.0.1:{port}", "tests.support.threads_app:application"],
        cwd=ROOT,
        stdout=log,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def connected(server):
    """Opens connections, each closed in the end."""
    links = []

    def link():
        links.append(Link(server[1]))
        return links[-1]

    yield link
    for each in links:
        each.close()


def test_given_calls_that_follow_at_once_when_answered_then_one_thread_mostly_stays_with_them(connected):
    link = connected()

    threads = [link.ask("GET", "/", {})[1] for _ in range(40)]

    stayed = sum(before == after for before, after in pairwise(threads))
    assert stayed >= 20


def test_given_more_connections_than_threads_when_all_ask_in_turn_then_everybody_is_answered(connected):
    links = [connected() for _ in range(THREADS * 4)]

    found = [link.ask("GET", "/", {})[0] for _ in range(20) for link in links]

    assert found == [200] * len(found)


def test_given_a_connection_that_was_quiet_when_it_asks_again_then_it_is_answered(connected):
    link = connected()
    link.ask("GET", "/", {})

    time.sleep(0.2)

    assert link.ask("GET", "/", {})[0] == 200


def test_given_a_client_that_asks_without_end_when_another_comes_then_it_is_not_kept_waiting(connected):
    busy, other = connected(), connected()
    busy.ask("GET", "/", {})
    blocked = [connected() for _ in range(THREADS)]
    for link in blocked:
        link.socket.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")

    assert other.ask("GET", "/", {})[0] == 200
    assert busy.ask("GET", "/", {})[0] == 200


def test_given_a_kept_connection_when_the_server_is_told_to_stop_then_it_ends_in_time(server, connected):
    process = server[0]
    link = connected()
    link.ask("GET", "/", {})

    process.send_signal(signal.SIGTERM)

    assert process.wait(15) == 0


@pytest.fixture
def pair():
    """A socket to send on, and the other end of the line."""
    here, there = socket.socketpair()
    yield here, there
    here.close()
    there.close()


def come(there, most=1_000_000):
    """What has come so far."""
    return there.recv(most) if select.select([there], [], [], 0)[0] else b""


def test_given_a_head_when_its_body_follows_then_both_leave_together_and_what_comes_later_at_once(pair):
    here, there = pair
    together = Together(SimpleNamespace(sock=here), Patience())

    together.sendall(b"head ")
    assert come(there) == b""
    together.sendall(b"body")
    assert come(there) == b"head body"
    together.sendall(b"more")
    assert come(there) == b"more"
    together.flush()
    assert come(there) == b""


def test_given_a_head_without_a_body_when_flushed_then_it_leaves_once(pair):
    here, there = pair
    together = Together(SimpleNamespace(sock=here), Patience())
    together.sendall(b"head")

    together.flush()
    together.flush()

    assert come(there) == b"head"


def test_given_a_long_body_or_a_file_when_sent_then_the_head_goes_ahead_and_nothing_is_lost(pair, tmp_path):
    here, there = pair
    here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * TOGETHER_BYTES)
    long, kept = b"x" * (TOGETHER_BYTES + 1), tmp_path / "kept"
    kept.write_bytes(b"of a file")

    together = Together(SimpleNamespace(sock=here), Patience())
    together.sendall(b"head ")
    together.sendall(long)
    assert there.recv(5 + len(long), socket.MSG_WAITALL) == b"head " + long

    other = Together(SimpleNamespace(sock=here), Patience())
    other.sendall(b"head ")
    with kept.open("rb") as file:
        other.sendfile(file)
    assert there.recv(14, socket.MSG_WAITALL) == b"head of a file"
    assert other.fileno() == here.fileno()


def test_given_a_question_for_the_head_only_when_answered_then_it_comes_and_the_connection_goes_on(connected):
    link = connected()

    link.socket.sendall(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    head = link.socket.recv(65_536)

    assert head.startswith(b"HTTP/1.1 200") and head.endswith(b"\r\n\r\n")
    assert link.ask("GET", "/", {})[0] == 200


def test_given_a_body_that_nobody_reads_when_the_next_request_comes_then_it_is_read_from_its_start(connected):
    link = connected()

    link.socket.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 18\r\n\r\nGET /slow HTTP/1.0")
    assert link.socket.recv(65_536).startswith(b"HTTP/1.1 200")

    assert link.ask("GET", "/", {})[0] == 200


def test_given_an_answer_of_unknown_length_when_sent_then_it_comes_in_chunks_and_the_connection_goes_on(connected):
    link = connected()

    link.socket.sendall(b"GET /pieces HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    came = b""
    while not came.endswith(b"0\r\n\r\n"):
        came += link.socket.recv(65_536)

    assert b"Transfer-Encoding: chunked" in came
    assert came.endswith(b"4\r\none \r\n7\r\nand two\r\n0\r\n\r\n")
    assert link.ask("GET", "/", {})[0] == 200


def test_given_a_program_that_breaks_off_when_its_answer_has_begun_then_the_connection_ends_and_others_go_on(connected):
    link = connected()

    link.socket.sendall(b"GET /broken HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    came = b""
    while piece := link.socket.recv(65_536):
        came += piece

    assert came.endswith(b"begun")
    assert b"500" not in came
    assert connected().ask("GET", "/", {})[0] == 200


@pytest.mark.parametrize("said", [["--access-logfile", "-"]])
def test_given_a_log_of_requests_when_one_is_answered_then_it_stands_there(connected, log):
    connected().ask("GET", "/slow?once", {})

    deadline = time.monotonic() + 10
    while (found := Path(log.name).read_text()).count("once") == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert '"GET /slow?once HTTP/1.1" 200' in found


@pytest.mark.parametrize("said", [["--max-requests", "3"]])
def test_given_a_worker_that_has_answered_enough_when_it_ends_then_the_next_one_answers(connected):
    found = [connected().ask("GET", "/", {})[0] for _ in range(5)]

    assert found == [200] * 5


@pytest.mark.parametrize("worker", ["tests.support.threads_app.HastyWorker"])
@pytest.mark.parametrize(
    "begun",
    [
        b"GET / HTTP/1.1\r\nHost: 127",
        b"POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\na",
        b"POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000\r\n\r\na",
        b"POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 12000000\r\n\r\na",
        b"GET /long HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /file HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
)
def test_given_clients_that_stand_still_when_they_hold_all_threads_then_they_are_let_go_and_others_answered(
    connected, begun
):
    still = [connected() for _ in range(THREADS)]
    for link in still:
        link.socket.sendall(begun)
    time.sleep(0.2)

    assert connected().ask("GET", "/", {})[0] == 200

    for link in still:
        with suppress(ConnectionResetError):
            while link.socket.recv(1_000_000):
                pass


@pytest.mark.parametrize("worker", ["tests.support.threads_app.HastyWorker"])
def test_given_a_client_that_is_slow_but_goes_on_when_it_sends_then_its_whole_body_comes(connected):
    link = connected()
    link.socket.sendall(b"POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000\r\n\r\n")

    for _ in range(4):
        time.sleep(0.25)
        link.socket.sendall(b"a" * 1000)

    assert link.socket.recv(65_536).endswith(b"4000")


@pytest.mark.parametrize("worker", ["tests.support.threads_app.HastyWorker"])
@pytest.mark.parametrize("path", ["/long", "/file"])
def test_given_a_reader_who_is_slow_but_goes_on_when_the_answer_takes_longer_than_a_line_may_stand_still_then_it_comes(
    connected, path
):
    link = connected()
    link.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())

    came = 0
    while piece := link.socket.recv(1_000_000):
        came += len(piece)
        time.sleep(len(piece) / 15_000_000)

    assert came > LONG
