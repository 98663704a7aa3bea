"""A leader and its standby: real streaming replication on one machine, both reached by one address of two hosts."""

import time
from contextlib import contextmanager

from psycopg import sql

from tests.support import postgres

CAUGHT_UP_S = 20


class Pair:
    """Two servers with the same databases; `url` leads to whichever may be written to."""

    def __init__(self, leader, standby):
        self.leader, self.standby = leader, standby

    def url(self, name):
        hosts = f"{self.leader.folder},{self.standby.folder}"
        return f"postgresql://{self.leader.user}@/{name}?host={hosts}&target_session_attrs=read-write"

    def set(self, server, name, value):
        """A setting that takes effect without a restart."""
        server.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        server.execute(sql.SQL("SELECT pg_reload_conf()"))

    def until(self, statement, wanted):
        """Waits until the leader says so of its standby."""
        end = time.monotonic() + CAUGHT_UP_S
        while (said := self.leader.execute(sql.SQL(statement))) != [(wanted,)]:
            assert time.monotonic() < end, said
            time.sleep(0.02)

    def cut(self):
        """The line between the two breaks: the standby hears no more of what its leader commits."""
        self.set(self.standby, "primary_conninfo", "")
        self.until("SELECT count(*) FROM pg_stat_replication", 0)

    def fail_over(self):
        """The leader dies and the standby takes its place."""
        self.leader.stop()
        self.standby.promote()


@contextmanager
def pair(source, *, synchronous):
    """Both with all that `source` holds; `synchronous`: a commit ends when both have it on disk."""
    with postgres.copied(source) as leader, postgres.copied(leader, following=True) as standby:
        both = Pair(leader, standby)
        if synchronous:
            both.set(leader, "synchronous_standby_names", "standby")
        both.until("SELECT sync_state FROM pg_stat_replication", "sync" if synchronous else "async")
        yield both
