"""The program with a wall clock that a file moves while it runs; what measures spans goes on as it is.

`servers.start(application="tests.support.jumping")` serves it. The program asks the time in one place (app/clock.py),
the signer of cookies in another; both are moved from outside.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from itsdangerous import TimestampSigner

import app as program
from app import clock


def jump(folder, seconds):
    """The clock of the server differs by so much from now on."""
    fresh = folder / "clock.new"
    fresh.write_text(str(seconds), "ascii")
    fresh.rename(folder / "clock")


def create_app():
    file = Path(os.environ["DABIAO_INSTANCE"]) / "clock"

    def ahead():
        return int(file.read_text("ascii")) if file.exists() else 0

    class Moved(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) + timedelta(seconds=ahead())

    clock.datetime = Moved
    TimestampSigner.get_timestamp = lambda _signer: int(time.time()) + ahead()
    return program.create_app()
