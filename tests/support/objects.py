"""A real S3 server for tests (SeaweedFS) on loopback, and a stand-in for its address that cuts, slows and refuses."""

import json
import os
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from app.config_s3 import Bucket, S3Access
from app.photos.store_remote import Away, Remote

KEY, SECRET = "key-of-the-tests", "secret-of-the-tests"
PATIENCE_S = 60
# A run of the tests that is ended by force leaves no server behind.
ENDS_WITH_US = ("setpriv", "--pdeathsig", "KILL")
_numbers = count(1)


class Objects:
    """The running server; each test takes a bucket of its own."""

    def __init__(self, port, process):
        self.port, self.process = port, process
        self.endpoint = f"http://127.0.0.1:{port}"

    def bucket(self):
        """A new one, empty."""
        name = f"photos-{os.getpid()}-{next(_numbers)}"
        remote = Remote(access(self.endpoint, name, Path()))
        # This server makes a bucket with its first object.
        remote.put("first", b"1")
        remote.delete("first")
        return name

    def pause(self):
        """It takes connections and says nothing any more."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def go_on(self):
        os.killpg(self.process.pid, signal.SIGCONT)


def access(endpoint, bucket, spool, *, key=KEY, secret=SECRET):
    return S3Access(Bucket(bucket, endpoint=endpoint), spool, key, secret)


def settings(endpoint, bucket, folder=""):
    """What an application with photos in a bucket is started with."""
    return {
        "DABIAO_PHOTO_STORE": f"s3://{bucket}{folder}?endpoint={endpoint}",
        "DABIAO_S3_KEY": KEY,
        "DABIAO_S3_SECRET": SECRET,
    }


@contextmanager
def running():
    """A fresh server; ended and wiped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="dabiao-s3-"))
    ports = _free_ports(8)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(_command(folder, ports), stdout=log, stderr=log, start_new_session=True)
    objects = Objects(ports[6], process)
    try:
        _await(objects, folder)
        yield objects
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _command(folder, ports):
    actions = ["Admin", "Read", "Write", "List"]
    identity = {"name": "tests", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": actions}
    (folder / "keys.json").write_text(json.dumps({"identities": [identity]}))
    names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
    return [
        *ENDS_WITH_US, Path(sys.executable).parent / "weed", "server",
        f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        *(f"-{name}={port}" for name, port in zip(names, ports, strict=False)),
        "-filer", f"-filer.localSocket={folder}/filer.sock", "-s3", f"-s3.port={ports[6]}", f"-s3.port.grpc={ports[7]}",
        f"-s3.config={folder}/keys.json", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false",
        "-master.volumeSizeLimitMB=64", "-volume.max=10000", "-volume.minFreeSpace=1",
    ]  # fmt: skip


def _free_ports(number):
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _await(objects, folder):
    remote = Remote(access(objects.endpoint, "first", folder))
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return remote.put("first", b"1")
        except Away:
            said = (folder / "log").read_text("utf-8", "replace")[-2000:]
            assert objects.process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.1)


class Way:
    """An address in front of the server: `state` is open, shut (refused at once) or silent (taken, never answered)."""

    def __init__(self, port):
        self.state = "open"
        way = self

        class Hand(socketserver.BaseRequestHandler):
            def handle(self):
                way.serve(self.request, port)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Hand)
        self.server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self.server.server_address[1]}"

    def serve(self, near, port):
        if self.state == "shut":
            return
        with socket.create_connection(("127.0.0.1", port)) as far:
            back = threading.Thread(target=self._pass, args=(far, near), daemon=True)
            back.start()
            self._pass(near, far)
            with suppress(OSError):
                far.shutdown(socket.SHUT_RDWR)
            back.join()

    def _pass(self, source, target):
        with suppress(OSError):
            while piece := source.recv(65536):
                while self.state == "silent":
                    time.sleep(0.05)
                if self.state == "shut":
                    break
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def way_to(objects):
    """An address that a test can shut; connections through it end with the test."""
    way = Way(objects.port)
    thread = threading.Thread(target=way.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield way
    finally:
        way.state = "shut"
        way.server.shutdown()
        way.server.server_close()
        thread.join()
