"""Statements that take longer than they should, in the log: the text, never the values."""

import logging
from time import perf_counter
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

log = logging.getLogger("dabiao.slow")
LONGEST_TEXT = 2_000


def watch(engine: Engine, limit_ms: int) -> None:
    """Tell of every statement of this engine over `limit_ms` (up to its first row); 0 watches nothing."""
    if limit_ms <= 0:
        return

    @event.listens_for(engine, "before_cursor_execute")
    def begin(link: Any, *_given: object) -> None:
        link.info["began"] = perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def end(link: Any, _cursor: object, text: str, *_given: object) -> None:
        took_ms = (perf_counter() - link.info.get("began", perf_counter())) * 1000
        if took_ms > limit_ms:
            log.warning("slow statement, %d ms: %s", took_ms, " ".join(text.split())[:LONGEST_TEXT])
