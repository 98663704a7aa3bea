"""docs/security.md names a test for each threat and each fault that we promise to stand; each of them exists."""

import re
from pathlib import Path

from tests.support.house import ROOT, plant

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
# A row of the tables begins with one of these, and each of these has a row.
PROMISED = (
    "code photographed, used from home", "reused or gallery photos", "too fast, walking too fast, batches",
    "invented readings, and honest people", "editing history", "label covered by a hostile code", "guessing codes",
    "public floods", "another unit's data", "CSRF, session theft, shared phones", "brute force", "sign-in",
    "open redirect", "hostile pictures", "hostile text", "path traversal, header injection, odd ids", "Host tricks",
    "mass assignment", "odd bodies", "webhooks to inside addresses", "supply chain",
    "script and framing from elsewhere", "kill of workers and server", "power loss", "disk full", "database locked",
    "database restarted", "photo store away", "network cuts", "captive portal", "update with items queued",
    "browser storage full", "browser storage wiped", "browser killed", "two phones, two people", "phone clock off",
    "server clock jumps", "time zones, DST, make-up days, 29 February", "backup under load, restore elsewhere",
    "broken migration", "operator mistakes",
)  # fmt: skip
ROW = re.compile(r"^\| (?P<what>[^|]+?) \| [^|]+ \| (?P<test>[^|]*) \|$", re.MULTILINE)


def faults(root: Path) -> list[str]:
    named = NAMED.findall((root / "docs/security.md").read_text("utf-8"))
    return [
        f"{place}::{name} is not there"
        for place, name in named
        if not (root / place).is_file() or f"def {name}(" not in (root / place).read_text("utf-8")
    ]


def tabled(text: str) -> dict[str, list[str]]:
    """What we promise to stand -> the tests that its rows name; rows of the tables of threats and faults only."""
    found: dict[str, list[str]] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE):
        if part.startswith(("Threats", "Faults")):
            for row in list(ROW.finditer(part))[1:]:
                found.setdefault(row["what"].partition(": ")[0], []).extend(NAMED.findall(row["test"]) or [("", "")])
    return found


def test_given_what_we_promise_to_stand_when_the_tables_are_read_then_each_has_a_test_and_no_row_is_without():
    found = tabled((ROOT / "docs/security.md").read_text("utf-8"))

    assert sorted(found) == sorted(PROMISED)
    assert [what for what, tests in found.items() if ("", "") in tests] == []


def test_given_the_table_of_threats_when_read_then_each_named_test_is_there():
    found = faults(ROOT)

    assert not found, "\n".join(found)
    assert len(NAMED.findall((ROOT / "docs/security.md").read_text("utf-8"))) > 30


def test_given_a_planted_table_when_read_then_a_missing_test_is_named(tmp_path):
    plant(tmp_path, "tests/web/test_paths.py", "def test_here():\n    pass\n")
    plant(tmp_path, "docs/security.md", "`tests/web/test_paths.py::test_here` `tests/web/test_paths.py::test_gone`\n")

    assert faults(tmp_path) == ["tests/web/test_paths.py::test_gone is not there"]


STATES = {"met", "open", "not applicable"}
DEMAND = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+?) \|([^|]*)\|$", re.MULTILINE)
PLACE = re.compile(r"`((?:tests|app|docs)/[\w./-]+)`")


def test_given_the_self_assessment_when_read_then_its_sums_are_right_and_each_place_is_there():
    text = (ROOT / "docs/asvs.md").read_text("utf-8")
    demands = DEMAND.findall(text)
    states = [state for _number, state, _where in demands]

    assert set(states) == STATES
    assert len({number for number, _state, _where in demands}) == len(demands) > 200
    told = ", ".join(f"{states.count(state)} {state}" for state in ("met", "open", "not applicable"))
    assert f"**{told}.**" in text
    assert [place for place in PLACE.findall(text) if not (ROOT / place).exists()] == []
    assert [number for number, state, where in demands if state == "open" and not where.strip()] == []
