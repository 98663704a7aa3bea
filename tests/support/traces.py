"""Reads a system-call trace of the server: what each thread did between a request and its answer."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "recvfrom,sendto,fsync,fdatasync,link,linkat,rename,pwrite64"
STRACE = ("strace", "-f", "--seccomp-bpf", "-y", "-s", "120", "-e", f"trace={CALLS}")
_LINE = re.compile(r"(?P<thread>\d+) +(?P<rest>.*)")
_CALL = re.compile(r"(?P<name>\w+)\((?P<said>.*)")
_RESUMED = re.compile(r"<\.\.\. (?P<name>\w+) resumed>(?P<said>.*)")
_REQUEST = re.compile(r'"(?P<method>PUT|POST|GET) (?P<path>[^ ]+) HTTP/1')
_ANSWER = re.compile(r'"HTTP/1\.1 (?P<status>\d+)')
_FILE = re.compile(r"\d+<(?P<path>[^>]+)>")


@dataclass
class Exchange:
    """One request and its answer.

    `syncs` are the paths that its own thread synced in between, in order; `carried` those that any thread did from
    beginning to end, for one sync carries all who wait for it. `named` are the files that got a name, each with what
    the thread had synced by then. `committed` is what had been carried when the last COMMIT went to PostgreSQL or the
    last page to SQLite's log; `logged` says that a sync of that log began after that page and ended before the answer.
    `led` is False where another thread wrote those pages: the last that began and were synced while this one waited.
    """

    method: str
    path: str
    begun: int = 0
    status: int = 0
    syncs: list[str] = field(default_factory=list)
    carried: list[tuple[int, str]] = field(default_factory=list)
    named: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    committed: tuple[str, ...] = ()
    written: int = 0
    logged: bool = False
    answered: int = 0
    led: bool = True

    def carried_by(self, line: int) -> tuple[str, ...]:
        """What had been synced for it by that line."""
        return tuple(path for at, path in self.carried if at <= line)

    def was_synced(self, path: str, begun: int, line: int) -> None:
        """Some thread has synced this path, from one line of the trace to another."""
        if begun > self.begun:
            self.carried.append((line, path))
        if path.endswith("-wal") and self.written and begun > self.written:
            self.logged = True


@dataclass
class Pages:
    """What one thread wrote to SQLite's log for one request: a transaction, from line to line."""

    whose: tuple[str, int]
    begun: int
    ended: int


class Log:
    """SQLite's log: the transactions written to it and the syncs of it, each from line to line."""

    def __init__(self) -> None:
        self.written: list[Pages] = []
        self.syncs: list[tuple[int, int]] = []

    def page(self, whose: tuple[str, int], line: int) -> None:
        if not self.written or self.written[-1].whose != whose:
            self.written.append(Pages(whose, line, line))
        self.written[-1].ended = line

    def carry(self, exchange: Exchange) -> None:
        """The last transaction that another began and synced while this one waited, if it wrote none itself.

        Whether it held this very submission a trace cannot tell; tests/test_db_together.py asks that.
        """
        if exchange.written or exchange.committed:
            return
        for pages in reversed(self.written):
            synced = any(pages.ended < begun and ended < exchange.answered for begun, ended in self.syncs)
            if exchange.begun < pages.begun and synced:
                exchange.committed, exchange.logged, exchange.led = exchange.carried_by(pages.begun), True, False
                return


def exchanges(trace: Path) -> Iterator[Exchange]:
    """Every answered request of a trace, in the order of the answers."""
    current: dict[str, Exchange] = {}
    answered: list[Exchange] = []
    log = Log()
    for call in _calls(trace):
        request = _REQUEST.search(call.said) if call.name == "recvfrom" and call.done else None
        if request:
            current[call.thread] = Exchange(request["method"], request["path"], call.line)
        exchange = current.get(call.thread)
        _note(log, current, call)
        if exchange is not None and _heard(exchange, call):
            exchange.answered = call.line
            answered.append(current.pop(call.thread))
    for exchange in answered:
        log.carry(exchange)
    yield from answered


def _note(log: Log, current: dict[str, Exchange], call: "_Call") -> None:
    """What others than its own request learn of a call."""
    if call.name in ("fsync", "fdatasync") and call.done:
        path = _FILE.search(call.said)["path"]
        if path.endswith("-wal"):
            log.syncs.append((call.begun, call.line))
        for each in current.values():
            each.was_synced(path, call.begun, call.line)
    if _is_page(call):
        log.page((call.thread, current[call.thread].begun if call.thread in current else 0), call.line)


def _is_page(call: "_Call") -> bool:
    return call.name == "pwrite64" and call.done and _FILE.match(call.said)["path"].endswith("-wal")


def _heard(exchange: Exchange, call: "_Call") -> bool:
    """What its own thread did; True when that was the answer."""
    if call.name == "sendto" and (answer := _ANSWER.search(call.said)):
        exchange.status = int(answer["status"])
        return True
    if not call.done:
        return False
    if call.name in ("fsync", "fdatasync"):
        exchange.syncs.append(_FILE.search(call.said)["path"])
    elif call.name in ("link", "linkat", "rename"):
        exchange.named.append((call.said, tuple(exchange.syncs)))
    elif call.name == "sendto" and "COMMIT" in call.said:
        exchange.committed = exchange.carried_by(call.line)
    elif _is_page(call):
        exchange.committed, exchange.written, exchange.logged = exchange.carried_by(call.line), call.line, False
    return False


@dataclass(frozen=True)
class _Call:
    """One line: thread, call, what it was given, the lines it began and stands at, and whether it is complete."""

    thread: str
    name: str
    said: str
    begun: int
    line: int
    done: bool


def _calls(trace: Path) -> Iterator[_Call]:
    """An answer counts from its beginning, a sync with its end."""
    begun: dict[str, tuple[str, int]] = defaultdict(lambda: ("", 0))
    for number, line in enumerate(trace.read_text("utf-8", "replace").splitlines()):
        found = _LINE.match(line)
        if not found:
            continue
        thread, rest = found["thread"], found["rest"]
        resumed = _RESUMED.match(rest)
        if resumed:
            said, at = begun[thread]
            yield _Call(thread, resumed["name"], said + resumed["said"], at, number, True)
        elif call := _CALL.match(rest):
            begun[thread] = (call["said"], number)
            yield _Call(thread, call["name"], call["said"], number, number, "<unfinished" not in rest)
