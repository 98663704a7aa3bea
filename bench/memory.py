"""G19: what two workers hold after ten thousand submissions against after a hundred, and what an upload adds."""

from pathlib import Path
from uuid import uuid4

from bench.world import App, fresh_photo, running
from tests.support import pictures

FEW, MANY, PHONES = 100, 10_000, 8
LARGE, UPLOADS = 8_000_000, 5


def memory(_reps: int) -> dict[str, dict[str, float]]:
    """Proportional set sizes of the arbiter and its workers; a page that two share counts half for each."""
    with running(workers=2, windows=MANY + 1) as app:
        _submit(app, FEW)
        few = _held_mb(app)
        _submit(app, MANY - FEW)
        many = _held_mb(app)
    with running(windows=1) as app:
        peaks = _peaks(app)
    return {
        "G19": {"value": many / few, f"after_{FEW}_mb": few, f"after_{MANY}_mb": many},
        "G19b": {"value": peaks[0], "photo_mb": LARGE / 1e6, "four_more_add": sum(peaks[1:])},
    }


def _peaks(app: App) -> list[float]:
    """How often a large photo was in memory at the worst moment of its upload, and what some more of them add."""
    (worker,) = _workers(app.pid)
    for _ in range(UPLOADS):
        _put(app, fresh_photo())
    photo, found = pictures.grainy(LARGE), []
    for number in range(UPLOADS):
        before = _status_kb(worker, "VmHWM")
        _put(app, photo[:-2] + bytes([number]) * 8 + photo[-2:])
        found.append((_status_kb(worker, "VmHWM") - before) * 1024 / LARGE)
    return found


def _put(app: App, photo: bytes) -> None:
    status, body = app.link.ask("PUT", f"/api/v1/photos/{uuid4()}", app.headers | {"Content-Type": "image/jpeg"}, photo)
    assert status == 201, (status, body[:300])


def _submit(app: App, count: int) -> None:
    """Both workers get their part: a connection stays with one of them."""
    for part in range(PHONES):
        twin = app.another()
        for _ in range(count // PHONES + (part < count % PHONES)):
            twin.post()


def _held_mb(app: App) -> float:
    return sum(_pss_kb(pid) for pid in [app.pid, *_workers(app.pid)]) / 1024


def _workers(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def _status_kb(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
