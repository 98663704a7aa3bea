"""Another process, or another client, that has the database to itself for a while."""

import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg

HOLD = """
import sqlite3, sys
link = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
link.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
link.execute("ROLLBACK")
"""


@contextmanager
def sqlite_held(url):
    """No other process writes: a shell left open in a transaction, say."""
    command = [sys.executable, "-c", HOLD, url.removeprefix("sqlite:///")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        yield
        holder.stdin.close()
        holder.wait(10)


@contextmanager
def postgresql_held(url, table="receipts"):
    """Everybody who writes or reads the table waits."""
    with psycopg.connect(url) as link:
        link.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
        link.rollback()


def held(url):
    return sqlite_held(url) if url.startswith("sqlite") else postgresql_held(url)


def lasting(seconds, look, faults=()):
    """Look again and again for so long; gives back all that was seen."""
    until, seen = time.monotonic() + seconds, []
    while time.monotonic() < until:
        assert not faults, faults
        seen.append(look())
        time.sleep(0.2)
    return seen
