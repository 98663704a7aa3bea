"""Statements that take longer than they should, in the log: the text, never the values."""

import logging
from time import perf_counter
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

log = logging.getLogger("dabiao.slow")
LONGEST_TEXT = 2_000
# The option of an engine that prepared statements ask for, since they go past its events.
LIMIT_MS = "dabiao_slow_ms"
# Limits are whole milliseconds: what took less is slow by none of them.
LEAST_S = 0.001


def watch(engine: Engine, limit_ms: int) -> None:
    """Tell of every statement of this engine over `limit_ms` (up to its first row); 0 watches nothing."""
    if limit_ms <= 0:
        return
    engine.update_execution_options(**{LIMIT_MS: limit_ms})
    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        event.listen(engine, name, _timed(name, limit_ms))


def note(link: Connection, text: str, took_s: float) -> None:
    """The same for one that was run on the driver's cursor; `took_s` by `perf_counter`."""
    took_ms = took_s * 1000
    if took_ms > link.get_execution_options().get(LIMIT_MS, took_ms):
        _tell(took_ms, text)


def _timed(name: str, limit_ms: int) -> Any:
    def run(cursor: Any, text: str, *given: Any) -> bool:
        began = perf_counter()
        getattr(given[-1].dialect, name)(cursor, text, *given)
        took_ms = (perf_counter() - began) * 1000
        if took_ms > limit_ms:
            _tell(took_ms, text)
        # True: it has been executed.
        return True

    return run


def _tell(took_ms: float, text: str) -> None:
    log.warning("slow statement, %d ms: %s", took_ms, " ".join(text.split())[:LONGEST_TEXT])
