"""`python -m tests.support.costs FILE`: what cut and full decode of one picture cost a process of its own."""

import json
import re
import resource
import sys
from pathlib import Path

from app.photos.imaging import make
from app.photos.rules_bytes import cut_picture


def cost(data):
    cut = cut_picture(data)
    make(b"".join(cut.parts), cut.media_type, orientation=6, remake=cut.remake)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"seconds": used.ru_utime + used.ru_stime, "megabytes": peak_kilobytes() / 1024}


def peak_kilobytes():
    """Of this program alone: ru_maxrss would begin with the size of the test run that started it."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(cost(Path(sys.argv[1]).read_bytes())))
