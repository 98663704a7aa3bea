"""Who holds a job of the timer: a process of a machine, so that what a killed one held is known to be free."""

import hashlib
import os
import uuid
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_ENDED = {"Z", "X"}


def new_holder() -> str:
    """A name of its own for each lease; it tells the machine, the process and when that began, where Linux says so."""
    return f"{_machine()}:{os.getpid()}:{_began(os.getpid())}:{uuid.uuid4().hex[:12]}"


def is_gone(holder: str) -> bool:
    """The process that took this name was of this machine and has ended; False wherever that cannot be known."""
    machine, _, rest = holder.partition(":")
    pid, _, rest = rest.partition(":")
    if not machine or machine != _machine() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    # Somebody has this number now; where /proc hides who, it counts as the same.
    now = _began(int(pid))
    return bool(now) and now != rest.partition(":")[0]


def _machine() -> str:
    """This boot of this machine and its space of process numbers: a container has its own. Empty off Linux."""
    try:
        told = _BOOT.read_text("ascii") + str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _began(pid: int) -> str:
    """When it began, in ticks since the boot; "ended" of one that only its parent remembers, empty when unknown."""
    try:
        # The name of the program comes second and may hold anything, also blanks and brackets.
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "ended" if told[0] in _ENDED else told[19]
