"""A real gunicorn with the shipped settings on a free loopback port, for browser, fault and speed tests."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """The server as its clients see it: `url`; `process` is the arbiter, killed with its workers by `kill`."""

    def __init__(self, process: Any, url: str, log: Path) -> None:
        self.process, self.url, self.log = process, url, log

    def wait(self, seconds: float = 60) -> None:
        """Until /healthz answers 200."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text("utf-8")[-4000:]
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"no answer in {seconds} s: {self.log.read_text('utf-8')[-4000:]}")

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("utf-8")
        return [int(number) for number in found.split()]

    def kill(self) -> None:
        """SIGKILL to the whole server at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            # The whole group: a tracer above the arbiter does not pass the signal on.
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


def start(
    database_url: str,
    instance: Path,
    *,
    port: int | None = None,
    workers: int = 1,
    under: Sequence[str] = (),
    application: str = "app",
    fork: Callable[..., Any] | None = None,
    **settings: str,
) -> Running:
    """Start on an already migrated database, `under` a tracer where one is given; the caller waits and stops.

    `application` names the module whose create_app is served; `fork` (tests/support/loaded.py) starts it quicker.
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "DABIAO_INSTANCE": str(instance),
        "DABIAO_DATABASE_URL": database_url,
        "DABIAO_PHOTO_STORE": str(instance / "photos"),
        "DABIAO_SECRET_KEY": "only-for-tests-0123456789abcdef0123",
        "DABIAO_BASE_URL": url,
        "DABIAO_TIMER": "0",
        **settings,
    }
    instance.mkdir(parents=True, exist_ok=True)
    log = instance / "server.log"
    arguments = ["--config", "python:app.serving", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    arguments += ["--threads", "8", f"{application}:create_app()"]
    if fork:
        return Running(fork(arguments, env, log), url, log)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*under, sys.executable, "-m", "gunicorn", *arguments],
            cwd=Path(__file__).resolve().parents[2],
            env=env,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    return Running(process, url, log)


@contextmanager
def serving(database_url: str, instance: Path, **options):
    """A running server that answers; stopped at the end."""
    server = start(database_url, instance, **options)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def module_server(name: str, load, **settings: str):
    """A fixture: one server a test module, on its own copy of the database called `name`, which `load` fills.

    What runs knows its database and its folder.
    """

    @pytest.fixture(scope="module")
    def server(templates, tmp_path_factory):
        instance = tmp_path_factory.mktemp(name)
        with templates.copy("sqlite", name, load, instance) as url, serving(url, instance, **settings) as running:
            running.database, running.instance = url, instance
            yield running

    return server
