"""Runs the tests that reach a function against each of its mutants, every mutant in a forked process of its own."""

import ast
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from tools.mutation.operators import Mutant, mutants_of
from tools.mutation.targets import Target, code_of, targets

AT_ONCE = 2
LEAST_SECONDS = 10
# Pure tests take milliseconds; of those beside the file's own the quickest must do, with a database a few.
MOST_PURE, MOST_WITH_DATABASE = 60, 5
MOST_MEMORY = 700_000_000
"""Bytes beyond those that the process begins with: a mutant that gathers without end counts as noticed."""


@dataclass
class Outcome:
    """What became of one mutant."""

    mutant: Mutant
    target: Target
    killed: bool
    tests: int


@dataclass
class Mutation:
    """The pytest plugin: takes the place of the run loop."""

    only: str
    pure: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def pytest_configure(self) -> None:
        """One example that fails is enough; looking for a smaller one takes longer than all the rest."""
        known, phases = settings.get_current_profile_name(), (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", settings.get_profile(known), phases=phases)
        settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.pure:
            items[:] = [item for item in items if "database" not in item.fixturenames]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        wanted = [target for target in targets() if self.only in target.name]
        reaching = _reaching(session, wanted, self.broken)
        _count(f"{len(wanted)} functions, {sum(bool(reaching[each.name]) for each in wanted)} reached by tests")
        pending = [
            (target, mutant, reaching[target.name])
            for target in wanted
            for mutant in mutants_of(target.name, target.tree)
        ]
        for done, outcome in enumerate(_all(pending), 1):
            self.outcomes.append(outcome)
            if done % 200 == 0:
                _count(f"{done} of {len(pending)} mutants, {sum(each.killed for each in self.outcomes)} killed")
        return True


def _count(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _reaching(session: pytest.Session, wanted: list[Target], broken: list[str]) -> dict[str, list[pytest.Item]]:
    """For every function the tests that call it, its own first; tests that fail unchanged are set aside."""
    found: dict[str, list[tuple[float, pytest.Item]]] = defaultdict(list)
    with _Forked(lambda send: _listen(session, wanted, send)) as receive:
        while (message := receive()) is not None:
            index, seconds, names, passed = message
            if not passed:
                broken.append(session.items[index].nodeid)
            for name in names if passed else ():
                found[name].append((seconds, session.items[index]))
    return defaultdict(list, {target.name: _chosen(target, found[target.name]) for target in wanted})


def _chosen(target: Target, timed: list[tuple[float, pytest.Item]]) -> list[pytest.Item]:
    """All pure tests of the file that mirrors the function's, the quickest pure others, the quickest with a database.

    The first do not depend on how quick they were this time: two runs give the same list of survivors.
    """
    items = [item for _, item in sorted(timed, key=lambda pair: pair[0])]
    pure = [item for item in items if "database" not in item.fixturenames]
    own = [item for item in pure if _mirrors(item, target)]
    others = [item for item in pure if item not in own]
    return own + others[:MOST_PURE] + [item for item in items if item not in pure][:MOST_WITH_DATABASE]


def _mirrors(item: pytest.Item, target: Target) -> bool:
    """Whether a test is from tests/<feature>/test_<module>.py, or from test_<module>_<something>.py beside it."""
    place = Path(target.place)
    same_folder = item.path.parent.name == place.parent.name
    return same_folder and f"{item.path.stem}_".startswith(f"test_{place.stem}_")


def _listen(session: pytest.Session, wanted: list[Target], send: Callable[[object], None]) -> None:
    """Let every function say its name when it is called, then run all tests."""
    heard: set[str] = set()
    for target in wanted:
        say = ast.parse(f"__heard__.add({target.name!r})").body[0]
        telling = ast.FunctionDef(**{**dict(ast.iter_fields(target.tree)), "body": [say, *target.tree.body]})
        target.live.__globals__["__heard__"] = heard
        target.live.__code__ = code_of(target, ast.copy_location(telling, target.tree))
    for index, item in enumerate(session.items):
        heard.clear()
        began = time.monotonic()
        passed = _passes(item, session.items[index + 1] if index + 1 < len(session.items) else None)
        send((index, time.monotonic() - began, set(heard), passed))


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, nextitem=following, log=False))


class _Forked:
    """Run a function in a child; inside the block `receive()` gives what it sends, then None."""

    def __init__(self, work: Callable[[Callable[[object], None]], None]) -> None:
        self.work = work

    def __enter__(self) -> Callable[[], Any]:
        self.ours, theirs = Pipe(duplex=False)
        self.child = os.fork()
        if self.child == 0:
            _as_child(lambda: self.work(theirs.send))
        theirs.close()
        return self.receive

    def receive(self) -> Any:
        try:
            return self.ours.recv()
        except EOFError:
            return None

    def __exit__(self, *_error: object) -> None:
        os.waitpid(self.child, 0)


def _as_child(work: Callable[[], int | None]) -> None:
    """Do the work in silence and leave without the parent's clean-up."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        status = work() or 0
    except BaseException:  # noqa: BLE001  whatever a mutant raises, its process only tells that it did
        status = 1
    os._exit(status)


def _all(pending: list) -> Iterator[Outcome]:
    """Outcomes as they come, AT_ONCE children at a time."""
    running: dict[int, Outcome] = {}
    queue = iter(pending)
    while True:
        for target, mutant, items in queue:
            outcome = Outcome(mutant, target, killed=False, tests=len(items))
            if not items:
                yield outcome
                continue
            running[_start(target, mutant, items)] = outcome
            if len(running) >= AT_ONCE:
                break
        if not running:
            return
        child, status = os.wait()
        if child in running:
            outcome = running.pop(child)
            outcome.killed = status != 0
            yield outcome


def _start(target: Target, mutant: Mutant, items: list[pytest.Item]) -> int:
    child = os.fork()
    if child == 0:
        _as_child(lambda: _try(target, mutant, items))
    return child


def _try(target: Target, mutant: Mutant, items: list[pytest.Item]) -> int:
    """1 when a test notices, 0 when none does; a mutant that never ends is ended by a signal and counts as noticed.

    The processor's time counts, so that a busy machine kills nothing; the clock ends only what waits for ever.
    """
    held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MOST_MEMORY, held + MOST_MEMORY))
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    seconds = LEAST_SECONDS + len(items)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(20 * seconds)
    target.live.__code__ = code_of(target, mutant.tree)
    return int(any(not _passes(item, None) for item in items))
