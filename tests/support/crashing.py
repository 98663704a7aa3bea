"""The program with ends built in from outside: at the point named in a file, the whole server is killed.

`servers.start(application="tests.support.crashing")` serves it. Nothing of this is part of the program: functions are
wrapped by name when the application is made.
"""

import os
import random
import signal
import stat
import threading
from pathlib import Path

import app as program
import app.db
from app.checks import routes_api
from app.photos import store_files

PHOTO_POINTS = (
    "photo: nothing written yet",
    "photo: half written",
    "photo: written, not synced",
    "photo: synced, without a name",
    "photo: named, not answered",
)
CHECK_POINTS = (
    "check: folder not synced",
    "check: folder synced, before BEGIN",
    "check: begun, nothing written",
    "check: one row written",
    "check: three rows written",
    "check: in the commit",
    "check: committed, log not synced",
    "check: log synced, not answered",
)
POINTS = PHOTO_POINTS + CHECK_POINTS
COMMIT_TAKES_S = 0.003
_order = threading.local()


def arm(instance, point):
    """The server ends when it next comes to this point."""
    fresh = instance / "end-here.new"
    fresh.write_text(point, "utf-8")
    fresh.rename(instance / "end-here")


def armed(instance):
    return (instance / "end-here").exists()


def create_app():
    made = program.create_app()
    end = _Ending(made.extensions["settings"].instance / "end-here")
    _wrap_disk(end)
    _wrap_database(end)
    _wrap_check(end)
    return made


class _Ending:
    def __init__(self, path: Path) -> None:
        self.path = path

    def meant(self, point):
        """Whether the end is here; asked once, whoever asked first ends the server."""
        try:
            if self.path.read_text("utf-8") != point:
                return False
            self.path.unlink()
        except FileNotFoundError:
            return False
        return True

    def at(self, point):
        if self.meant(point):
            self.now()

    def now(self):
        os.killpg(os.getpgrp(), signal.SIGKILL)


def _wrap_disk(end):
    fill, fsync, link = store_files._fill, os.fsync, os.link

    def filled(handle, parts):
        end.at("photo: nothing written yet")
        if end.meant("photo: half written"):
            whole = b"".join(parts)
            os.write(handle, whole[: len(whole) // 2])
            end.now()
        fill(handle, parts)

    def synced(handle):
        folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        end.at("check: folder not synced" if folder else "photo: written, not synced")
        fsync(handle)
        end.at("check: folder synced, before BEGIN" if folder else "photo: synced, without a name")

    def linked(*places, **how):
        link(*places, **how)
        end.at("photo: named, not answered")

    store_files._fill, os.fsync, os.link = filled, synced, linked


def _wrap_database(end):
    write = app.db._refuse_outside

    def written():
        write()
        _order.rows = getattr(_order, "rows", 0) + 1
        if _order.rows == 2:
            end.at("check: one row written")
        elif _order.rows == 4:
            end.at("check: three rows written")

    durable = app.db.make_durable

    def made_durable(file):
        if getattr(_order, "rows", 0) > 2:
            end.at("check: committed, log not synced")
        durable(file)

    app.db._refuse_outside, app.db.make_durable = written, made_durable


def _wrap_check(end):
    record, whole = routes_api.record_check, routes_api.atomically

    def recorded(*given):
        _order.rows = 0
        end.at("check: begun, nothing written")
        receipt = record(*given)
        if end.meant("check: in the commit"):
            # The commit is what comes next: anywhere inside it, or just behind.
            threading.Timer(random.random() * COMMIT_TAKES_S, end.now).start()
        return receipt

    def kept(work, **how):
        result = whole(work, **how)
        # PostgreSQL syncs its log in the commit: there this is the same place as the next.
        end.at("check: committed, log not synced")
        end.at("check: log synced, not answered")
        return result

    routes_api.record_check, routes_api.atomically = recorded, kept
