"""docs/security.md names a test for each threat; each of them exists."""

import re
from pathlib import Path

from tests.support.house import ROOT, plant

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def faults(root: Path) -> list[str]:
    named = NAMED.findall((root / "docs/security.md").read_text("utf-8"))
    return [
        f"{place}::{name} is not there"
        for place, name in named
        if not (root / place).is_file() or f"def {name}(" not in (root / place).read_text("utf-8")
    ]


def test_given_the_table_of_threats_when_read_then_each_named_test_is_there():
    found = faults(ROOT)

    assert not found, "\n".join(found)
    assert len(NAMED.findall((ROOT / "docs/security.md").read_text("utf-8"))) > 30


def test_given_a_planted_table_when_read_then_a_missing_test_is_named(tmp_path):
    plant(tmp_path, "tests/web/test_paths.py", "def test_here():\n    pass\n")
    plant(tmp_path, "docs/security.md", "`tests/web/test_paths.py::test_here` `tests/web/test_paths.py::test_gone`\n")

    assert faults(tmp_path) == ["tests/web/test_paths.py::test_gone is not there"]
