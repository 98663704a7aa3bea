"""Reads a system-call trace of the server: what each thread did between a request and its answer."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "recvfrom,sendto,fsync,fdatasync,link,linkat,rename"
STRACE = ("strace", "-f", "--seccomp-bpf", "-y", "-s", "120", "-e", f"trace={CALLS}")
_LINE = re.compile(r"(?P<thread>\d+) +(?P<rest>.*)")
_CALL = re.compile(r"(?P<name>\w+)\((?P<said>.*)")
_RESUMED = re.compile(r"<\.\.\. (?P<name>\w+) resumed>(?P<said>.*)")
_REQUEST = re.compile(r'"(?P<method>PUT|POST|GET) (?P<path>[^ ]+) HTTP/1')
_ANSWER = re.compile(r'"HTTP/1\.1 (?P<status>\d+)')
_FILE = re.compile(r"\d+<(?P<path>[^>]+)>")


@dataclass
class Exchange:
    """One request and its answer; `syncs` are the paths synced in between, in order, each complete before the next.

    `named` are the files that got a name, each with what had been synced by then; `committed` is what had been when
    the last COMMIT went to PostgreSQL.
    """

    method: str
    path: str
    status: int = 0
    syncs: list[str] = field(default_factory=list)
    named: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    committed: tuple[str, ...] = ()


def exchanges(trace: Path) -> Iterator[Exchange]:
    """Every answered request of a trace, in the order of the answers."""
    current: dict[str, Exchange] = {}
    for thread, name, said, done in _calls(trace):
        request = _REQUEST.search(said) if name == "recvfrom" and done else None
        if request:
            current[thread] = Exchange(request["method"], request["path"])
        exchange = current.get(thread)
        if exchange is None:
            continue
        if name in ("fsync", "fdatasync") and done:
            exchange.syncs.append(_FILE.search(said)["path"])
        elif name in ("link", "linkat", "rename") and done:
            exchange.named.append((said, tuple(exchange.syncs)))
        elif name == "sendto" and "COMMIT" in said and done:
            exchange.committed = tuple(exchange.syncs)
        elif name == "sendto" and (answer := _ANSWER.search(said)):
            exchange.status = int(answer["status"])
            yield current.pop(thread)


def _calls(trace: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Thread, call, what it was given, and whether it is complete; an answer counts from its beginning."""
    begun: dict[str, tuple[str, str]] = defaultdict(lambda: ("", ""))
    for line in trace.read_text("utf-8", "replace").splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        thread, rest = found["thread"], found["rest"]
        resumed = _RESUMED.match(rest)
        if resumed:
            yield thread, resumed["name"], begun[thread][1] + resumed["said"], True
        elif call := _CALL.match(rest):
            begun[thread] = (call["name"], call["said"])
            yield thread, call["name"], call["said"], "<unfinished" not in rest
