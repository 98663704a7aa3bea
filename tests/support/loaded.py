"""Servers that are up in a moment: one process has loaded the program and forks a whole server at each start."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Forked:
    """The arbiter of a server; the process that forked it reaps it."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        """None while it lives."""
        return None if Path(f"/proc/{self.pid}").exists() else -signal.SIGKILL

    def wait(self, seconds=30):
        until = time.monotonic() + seconds
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("gunicorn", seconds)
            time.sleep(0.001)


class Loaded:
    """Forks servers; only the reading of modules is spared, application and workers are made anew each time."""

    def __init__(self, process):
        self.process = process

    def __call__(self, arguments, environment, log, program="gunicorn.app.wsgiapp:run"):
        order = {"program": program, "arguments": arguments, "environment": environment, "log": str(log)}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Forked(int(self.process.stdout.readline()))


@contextmanager
def loaded():
    """The process behind; it ends with its input."""
    command = [sys.executable, "-m", "tests.support.loaded"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield Loaded(process)
        process.stdin.close()


def _serve(order):
    """What `python -m gunicorn …` or `dabiao …` does, in a session of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for given, place in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(given, place)
    os.environ.clear()
    os.environ.update(order["environment"])
    module, _, function = order["program"].partition(":")
    sys.argv = [module.partition(".")[0], *order["arguments"]]
    getattr(import_module(module), function)()


def _say(word):
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main():
    app = import_module("app")
    names = [*(module for module, _ in app.BLUEPRINTS), *(f"app.{name}.models" for name in app.MODELS)]
    for name in (*names, "app.serving", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "psycopg", "app.cli"):
        import_module(name)
    # What every worker does after its start (app/serving.py) is then done already for all that was loaded.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _say("ready")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                _serve(json.loads(line))
            finally:
                os._exit(1)
        _say(str(pid))
    # Whoever asked has ended, perhaps by force: no server stays behind.
    for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text("utf-8").split():
        os.killpg(int(pid), signal.SIGKILL)


if __name__ == "__main__":
    main()
