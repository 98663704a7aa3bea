"""`python -m tests.failover`: two nodes of Patroni with etcd here, one dies under load; by hosts and by HAProxy.

Needs Debian's etcd-server, patroni and haproxy, which nothing here installs; what was seen stands in docs/deploying.md.
Prints a line a failover; ends with the judge's words and 1 when a receipt was lost.
"""

import json
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from flask_migrate import upgrade

from tests.support.calls import photo_step
from tests.support.databases import let_go, make_app
from tests.support.killing import Harness, judge, more_receipts
from tests.support.loaded import loaded
from tests.support.servers import free_port

PATIENCE_S = 90
NODE = """
scope: dabiao
name: {name}
restapi: {{listen: '127.0.0.1:{rest}', connect_address: '127.0.0.1:{rest}'}}
etcd3: {{hosts: '127.0.0.1:{etcd}'}}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    synchronous_mode: true
    postgresql: {{use_pg_rewind: true, parameters: {{max_connections: 60}}}}
  initdb: [{{encoding: UTF8}}, {{locale: C.UTF-8}}, data-checksums]
  pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust']
postgresql:
  listen: '127.0.0.1:{port}'
  connect_address: '127.0.0.1:{port}'
  data_dir: {folder}/{name}
  bin_dir: {binaries}
  pgpass: {folder}/{name}.pgpass
  authentication: {{superuser: {{username: postgres}}, replication: {{username: replicator}}}}
  parameters: {{unix_socket_directories: {folder}}}
"""
PROXY = """
defaults
    mode tcp
    timeout connect 5s
    timeout client 30m
    timeout server 30m
listen postgresql
    bind 127.0.0.1:{proxy}
    option httpchk OPTIONS /primary
    http-check expect status 200
    default-server inter 2s fall 2 rise 1 on-marked-down shutdown-sessions
    server db1 127.0.0.1:{one} check port {rest_one}
    server db2 127.0.0.1:{two} check port {rest_two}
"""


class Node:
    """One PostgreSQL with its Patroni."""

    def __init__(self, name, folder, etcd):
        self.name, self.folder, self.port, self.rest = name, folder, free_port(), free_port()
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        told = NODE.format(name=name, rest=self.rest, etcd=etcd, port=self.port, folder=folder, binaries=binaries)
        (folder / f"{name}.yml").write_text(told, "utf-8")

    def start(self):
        self.process = started(self.folder, self.name, "patroni", f"{self.folder}/{self.name}.yml")

    def leads(self):
        return answers(f"http://127.0.0.1:{self.rest}/primary")

    def follows(self):
        return answers(f"http://127.0.0.1:{self.rest}/synchronous")

    def kill(self):
        """The machine is gone: SIGKILL to Patroni, then to the server with all its children."""
        postmaster = int((self.folder / self.name / "postmaster.pid").read_text("ascii").split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text("ascii").split()
        self.process.kill()
        for pid in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self):
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=2) as said:
            return said.status == 200
    except OSError:
        return False


def until(question, what):
    begun = time.monotonic()
    while not question():
        assert time.monotonic() < begun + PATIENCE_S, f"not within {PATIENCE_S} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - begun


def started(folder, name, *command):
    owner = pwd.getpwnam("postgres") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    with (folder / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True,
            **({"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}),
        )  # fmt: skip


@contextmanager
def cluster(folder):
    """etcd, two nodes of which the second follows synchronously, and HAProxy; (nodes, port of HAProxy)."""
    folder.chmod(0o755)
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
    client, peer, proxy = free_port(), free_port(), free_port()
    with ExitStack() as ends:
        here, other = f"http://127.0.0.1:{client}", f"http://127.0.0.1:{peer}"
        urls = [f"--listen-client-urls={here}", f"--advertise-client-urls={here}", f"--listen-peer-urls={other}"]
        urls += [f"--initial-advertise-peer-urls={other}", f"--initial-cluster=default={other}"]
        etcd = started(folder, "etcd", "etcd", f"--data-dir={folder}/etcd", *urls)
        ends.callback(etcd.kill)
        until(lambda: answers(f"{here}/health"), "etcd")
        nodes = [Node(name, folder, client) for name in ("db1", "db2")]
        for node in nodes:
            node.start()
            ends.callback(node.stop)
            until(node.leads if node is nodes[0] else node.follows, node.name)
        one, two = nodes
        told = PROXY.format(proxy=proxy, one=one.port, two=two.port, rest_one=one.rest, rest_two=two.rest)
        (folder / "haproxy.cfg").write_text(told, "utf-8")
        ends.callback(started(folder, "haproxy", "haproxy", "-f", str(folder / "haproxy.cfg")).kill)
        yield nodes, proxy


def tried(way, fork):
    """One failover with phones at work; what was seen of it."""
    with tempfile.TemporaryDirectory(prefix="dabiao-patroni-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with cluster(folder) as (nodes, proxy):
            ports = ",".join(str(node.port) for node in nodes)
            both = (
                f"postgresql://postgres@/postgres?host=127.0.0.1,127.0.0.1&port={ports}&target_session_attrs=read-write"
            )
            url = both if way == "hosts" else f"postgresql://postgres@127.0.0.1:{proxy}/postgres"
            instance = Path(tempfile.mkdtemp(prefix="dabiao-failover-"))
            app = make_app(both, instance)
            with app.app_context():
                upgrade()
                photo_step(app)
            let_go(app)
            with Harness(url, instance, fork, phones=8, workers=2, uplink_seconds=0) as harness:
                more_receipts(harness.fleet, count=20, seconds=60)
                begun = time.monotonic()
                nodes[0].kill()
                leads = until(nodes[1].leads, "the other node leads")
                more_receipts(harness.fleet, seconds=60)
                well = time.monotonic() - begun
                more_receipts(harness.fleet, count=20, seconds=60)
            nodes[0].start()
            back = until(nodes[0].follows, "the old leader follows")
            seen = judge(both, instance, harness.fleet)
            statuses = {str(status): count for status, count in sorted(harness.fleet.statuses.items())}
            times = {"leads_s": round(leads, 1), "receipts_s": round(well, 1), "old_follows_s": round(back, 1)}
            return {"way": way, **times, "answers": statuses, **seen, "lost": 0}


def main():
    with loaded() as fork:
        for way in sys.argv[1:] or ("hosts", "haproxy"):
            sys.stdout.write(json.dumps(tried(way, fork)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
