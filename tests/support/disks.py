"""A disk that is nearly full, real where this machine lets us mount one."""

import os
import resource
import signal
import subprocess
from contextlib import contextmanager

BLOCK = 1024


@contextmanager
def small_disk(folder, kilobytes):
    """A folder and a number of bytes that do not fit into it: a tmpfs for root, else a limit on the size of a file."""
    place = folder / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(place)]
    if os.getuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0:
        try:
            yield place, (kilobytes + 100) * BLOCK
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * BLOCK, hard))
    try:
        yield place, (kilobytes + 100) * BLOCK
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def filled(folder, leave=0):
    """No byte more fits than `leave` of 1024: a file takes the room of a small disk, or no file may grow."""
    if os.path.ismount(folder):
        filler = folder / "filler"
        with filler.open("wb", buffering=0) as out:
            size = BLOCK * BLOCK
            while size >= 512:
                try:
                    out.write(b"\0" * size)
                except OSError:
                    size //= 2
            os.truncate(filler, max(0, filler.stat().st_size - leave * BLOCK))
        try:
            yield
        finally:
            filler.unlink()
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
