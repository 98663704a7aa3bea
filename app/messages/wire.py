"""The only door to other servers: a checked address, no redirects, an end to every wait, a cap on every answer."""

import http.client
import socket
import ssl
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from app.messages.rules_addresses import Target, all_outside, target_of
from app.messages.rules_requests import Call

CONNECT_S, ANSWER_S, WHOLE_S = 5.0, 8.0, 12.0
MOST_BYTES = 65_536
FAULTS = ((TimeoutError, "timeout"), (socket.gaierror, "name"), (ssl.SSLError, "certificate"))


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the first 64 KB; `fault` is a word of rules_words_channels when nothing came."""

    status: int
    body: bytes = b""
    fault: str = ""


def send(call: Call, named_hosts: Collection[str]) -> Answer:
    """Do one call. Never raises for what the other side does or is; hold no transaction while it runs."""
    target = target_of(call.url, named_hosts)
    if target is None:
        return Answer(0, fault="address")
    try:
        # Four are plenty, and bound the wait.
        addresses = _addresses(target)[:4]
        if not target.named and not all_outside(addresses):
            return Answer(0, fault="inside")
        return _exchange(call, target, addresses)
    except (OSError, http.client.HTTPException, ValueError) as why:
        return Answer(0, fault=next((word for kind, word in FAULTS if isinstance(why, kind)), "connection"))


def _addresses(target: Target) -> list[str]:
    """Asked once: what is checked is what is connected to, whatever the name says a moment later."""
    return [str(found[4][0]) for found in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)]


class _Straight(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name that was asked for."""

    def __init__(self, target: Target, addresses: Sequence[str]) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT_S)
        self.target, self.addresses = target, addresses

    def connect(self) -> None:
        link = _first(self.addresses, self.target.port)
        link.settimeout(ANSWER_S)
        if self.target.secure:
            link = ssl.create_default_context().wrap_socket(link, server_hostname=self.target.host)
        self.sock = link


def _first(addresses: Sequence[str], port: int) -> socket.socket:
    """The first of the addresses that answers; a machine without IPv6 goes on to the next."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=CONNECT_S)
    return socket.create_connection((addresses[-1], port), timeout=CONNECT_S)


def _exchange(call: Call, target: Target, addresses: Sequence[str]) -> Answer:
    link = _Straight(target, addresses)
    # A server that sends a byte now and then never runs into the time of a single read.
    late: list[bool] = []
    watch = Timer(WHOLE_S, _hang_up, (link, late))
    watch.daemon = True
    watch.start()
    try:
        link.request(call.method, target.path, body=call.body or None, headers={"Connection": "close", **call.headers})
        answer = link.getresponse()
        return Answer(answer.status, answer.read(MOST_BYTES))
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        if late:
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
        link.close()


def _hang_up(link: http.client.HTTPConnection, late: list[bool]) -> None:
    late.append(True)
    with suppress(OSError, AttributeError):
        link.sock.shutdown(socket.SHUT_RDWR)
