"""Lines of the log as JSON, one object a line, for programs that gather logs (DABIAO_LOG=json)."""

import logging
from datetime import UTC, datetime
from typing import Any

import orjson

Fields = dict[str, Any]


class JsonLines(logging.Formatter):
    """at, level, logger, message; what a line brings in `fields`; the exception with its stack, where there is one."""

    def __init__(self, number: Any) -> None:
        super().__init__()
        self.number = number

    def format(self, record: logging.LogRecord) -> str:
        """One line: what breaks lines in a message is escaped by JSON."""
        line: Fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": self.number() or None,
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps({name: value for name, value in line.items() if value is not None}, default=str).decode()


def install(number: Any) -> None:
    """All loggers of the process write JSON to the standard error, gunicorn's too; `number` names the request."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(number))
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.INFO
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
