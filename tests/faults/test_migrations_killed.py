"""`dabiao migrate` killed at any moment: the earlier schema or the new one, whole; run again, it succeeds."""

import os
import signal
import time
from collections import Counter
from contextlib import suppress

import pytest

from tests.support.killing import clear
from tests.support.migrating import earlier_version, moments, rows_of, shape

pytestmark = pytest.mark.slow

SHARE, ROUNDS, TIMES = 4, 20, 10


class Site:
    """Copies of a database of an earlier version, and the command that brings them up."""

    def __init__(self, templates, fork, kind, folder):
        self.templates, self.fork, self.kind, self.folder = templates, fork, kind, folder

    def copy(self, name):
        return self.templates.copy(self.kind, "earlier_version", earlier_version, self.folder / name)

    def begin(self, url, name):
        env = os.environ | {
            "DABIAO_DATABASE_URL": url,
            "DABIAO_INSTANCE": str(self.folder / name),
            "DABIAO_SECRET_KEY": "only-for-tests-0123456789abcdef0123",
            "DABIAO_TIMER": "0",
        }
        return self.fork(["migrate"], env, self.folder / "migrate.log", program="app.cli:main")

    def upgrade(self, url, name):
        begun = time.monotonic()
        self.begin(url, name).wait(120)
        return time.monotonic() - begun

    def measured(self):
        """The shapes before and after, and how long it takes when nobody disturbs it."""
        with self.copy("whole") as url:
            old = shape(url)
            seconds = self.upgrade(url, "whole")
            return old, shape(url), seconds


def test_given_a_migration_killed_at_any_moment_when_looked_at_then_the_schema_is_whole_and_again_succeeds(
    database, templates, tmp_path, fork, rounds, soak
):
    site = Site(templates, fork, database, tmp_path)
    old, new, seconds = site.measured()
    assert old[0] < new[0], (tmp_path / "migrate.log").read_text("utf-8")
    assert {name: count for name, count in rows_of(new).items() if name in rows_of(old)} == rows_of(old)

    for number in rounds.of(f"migrations-{database}", share=1, full=ROUNDS, each=TIMES):
        found = Counter()
        for _, moment in zip(range(TIMES if soak else SHARE), moments(number, seconds), strict=False):
            with site.copy("killed") as url:
                process = site.begin(url, "killed")
                time.sleep(moment)
                with suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
                process.wait()
                lies = shape(url)
                assert lies in (old, new), moment
                found["old" if lies == old else "new"] += 1
                site.upgrade(url, "killed")
                assert shape(url) == new, (tmp_path / "migrate.log").read_text("utf-8")
            clear(tmp_path / "killed")
        rounds.note(**found, seconds_whole=round(seconds, 1))
