"""What was taken from others: each file is listed with its licence and SHA-256, and is the file that was listed."""

import hashlib
import re
from pathlib import Path

from tests.support.house import ROOT, plant

FOLDERS = ("app", "qr")
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\| `(?P<digest>[0-9a-f]{64})` \|$", re.MULTILINE)


def foreign(root: Path) -> list[Path]:
    """Files in folders named vendor or fonts, lists and licence texts aside."""
    found = (path for top in FOLDERS for name in ("vendor", "fonts") for path in (root / top).rglob(f"{name}/*"))
    return sorted(path for path in found if path.is_file() and path.suffix not in (".md", ".txt"))


def faults(root: Path) -> list[str]:
    listed = {
        (path.parent / row["file"]).resolve(): row["digest"]
        for top in FOLDERS
        for path in (root / top).rglob("VENDORED.md")
        for row in ROW.finditer(path.read_text("utf-8"))
    }
    found = [
        f"{path.relative_to(root)} is not listed in VENDORED.md"
        for path in foreign(root)
        if path.resolve() not in listed
    ]
    for path, digest in listed.items():
        if not path.is_file():
            found.append(f"{path} is listed and not there")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(f"{path} is not the file that was listed")
    return found


def test_given_vendored_files_when_hashed_then_each_is_the_one_listed():
    found = faults(ROOT)

    assert foreign(ROOT), "no vendored file found: has the folder moved?"
    assert not found, "\n".join(found)


def test_given_planted_files_when_hashed_then_each_fault_is_named(tmp_path):
    plant(tmp_path, "app/static/vendor/new.js", "1")
    plant(tmp_path, "app/static/vendor/changed.js", "2")
    plant(tmp_path, "app/static/vendor/VENDORED.md", f"| `changed.js` | x | y | MIT | `{'0' * 64}` |\n")

    assert len(faults(tmp_path)) == 2
