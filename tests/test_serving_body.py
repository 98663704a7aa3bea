"""Bodies over a real line: in one piece, in many, short, and with the next request behind them."""

import socket
from threading import Thread
from types import SimpleNamespace

import pytest
from gunicorn.http.body import Body, ChunkedReader, LengthReader
from gunicorn.http.unreader import SocketUnreader

from app.serving_body import AT_ONCE_BYTES, Whole
from app.serving_patience import Patience


@pytest.fixture
def line():
    """Where a client sends, and the reader of what it sent."""
    here, there = socket.socketpair()
    yield here, SocketUnreader(there)
    here.close()
    there.close()


def body_of(unreader: SocketUnreader, length: int) -> Whole:
    return Whole(Body(LengthReader(unreader, length)), Patience(), SimpleNamespace(sock=unreader.sock))


def sent(here: socket.socket, *pieces: bytes) -> Thread:
    """Send from a thread of its own: a photo is longer than what a line holds."""
    thread = Thread(target=lambda: [here.sendall(each) for each in pieces])
    thread.start()
    return thread


@pytest.mark.parametrize("length", [1, 100, 8192, 8193, 200_000, AT_ONCE_BYTES, AT_ONCE_BYTES + 1, 3_000_000])
def test_given_a_body_when_all_of_it_is_asked_for_then_it_comes_whole_and_once(line, length):
    here, unreader = line
    content = (bytes(range(256)) * (length // 256 + 1))[:length]
    sender = sent(here, content[: length // 3], content[length // 3 :])
    body = body_of(unreader, length)

    assert body.read(length) == content
    assert body.read(length) == b""
    assert body.read() == b""
    sender.join()


def test_given_what_came_with_the_head_when_read_then_it_stands_in_front(line):
    here, unreader = line
    unreader.unread(b"begin ")
    here.sendall(b"and end")

    assert body_of(unreader, 13).read(13) == b"begin and end"


def test_given_the_next_request_behind_a_body_when_read_then_it_waits_for_its_turn(line):
    here, unreader = line
    here.sendall(b"bodyGET / HTTP/1.1\r\n")

    assert body_of(unreader, 4).read(4) == b"body"
    assert unreader.take_buffered() == b"GET / HTTP/1.1\r\n"


def test_given_a_line_that_ends_early_when_read_then_what_came_is_given_and_nothing_is_waited_for(line):
    here, unreader = line
    sent(here, b"half").join()
    here.shutdown(socket.SHUT_WR)
    body = body_of(unreader, 8)

    assert body.read(8) == b"half"
    assert body.read(8) == b""


def test_given_a_body_read_in_parts_when_the_rest_is_asked_for_then_nothing_is_lost(line):
    here, unreader = line
    here.sendall(b"abcdefghij")
    body = body_of(unreader, 10)

    assert (body.read(3), body.read(100), body.read(100)) == (b"abc", b"defghij", b"")


def test_given_a_line_that_breaks_when_read_then_gunicorn_learns_that_it_cannot_be_used_again(line):
    _here, unreader = line
    unreader.sock.settimeout(0.01)
    body = body_of(unreader, 8)

    with pytest.raises(TimeoutError):
        body.read(8)

    assert body.failed is True


def test_given_lines_and_a_body_of_unknown_length_when_read_then_gunicorns_own_way_answers(line):
    here, unreader = line
    here.sendall(b"one\ntwo\n")
    assert list(body_of(unreader, 8)) == [b"one\n", b"two\n"]

    here.sendall(b"5\r\nhello\r\n0\r\n\r\n")
    chunked = Whole(Body(ChunkedReader(None, unreader)), Patience(), SimpleNamespace(sock=unreader.sock))
    assert chunked.read(5) == b"hello"
    assert chunked.readline() == b""
