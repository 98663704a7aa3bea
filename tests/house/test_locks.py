"""The three locks: every requirement names one version and the SHA-256 of its files, and is installed by them only."""

import re
from pathlib import Path

from tests.support.house import ROOT, plant

LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-bench.lock")
PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*==[A-Za-z0-9.!+]+( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def faults(lock: Path) -> list[str]:
    """Lines that pin nothing: no version, another source, an option, a hash of another kind, none at all."""
    found, name, hashes = [], "", 1
    for line in lock.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if HASH.fullmatch(line):
            hashes += 1
            continue
        if not hashes:
            found.append(f"{lock.name}: {name} has no hash")
        name, hashes = line, 0
        if not PINNED.fullmatch(line):
            found.append(f"{lock.name}: {line} is not pinned")
    return found if hashes else [*found, f"{lock.name}: {name} has no hash"]


def test_given_the_locks_when_read_then_every_requirement_is_pinned_by_version_and_hash():
    found = [fault for name in LOCKS for fault in faults(ROOT / name)]

    assert found == []
    assert all((ROOT / name).read_text("utf-8").count("==") > 30 for name in LOCKS)


def test_given_what_the_tests_install_when_compared_then_it_holds_what_is_installed_for_use_in_the_same_version():
    used, tested = (
        {line.split(" ")[0] for line in (ROOT / name).read_text("utf-8").splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-test.lock")
    )

    assert used - tested == set()


def test_given_the_ways_to_install_when_read_then_each_asks_for_the_hashes():
    told = {tool: (ROOT / "tools" / tool).read_text("utf-8") for tool in ("venv", "bundle", "install-offline")}

    assert "pip install" in told["venv"] and told["venv"].count("--require-hashes") == told["venv"].count(
        "--requirement "
    )
    assert told["bundle"].count("--require-hashes") == told["bundle"].count("pip download") == 1
    assert "sha256sum --quiet --strict --check" in told["install-offline"]


def test_given_planted_locks_when_read_then_each_fault_is_named(tmp_path):
    digest = "0" * 64
    plant(
        tmp_path, "good.lock", f"# note\nflask==3.1.0 \\\n    --hash=sha256:{digest} \\\n    --hash=sha256:{digest}\n"
    )
    plant(tmp_path, "bare.lock", f"flask==3.1.0\nclick==8.1 \\\n    --hash=sha256:{digest}\n")
    plant(tmp_path, "loose.lock", f"flask>=3 \\\n    --hash=sha256:{digest}\n--index-url http://x\n")
    plant(tmp_path, "weak.lock", "flask==3.1.0 \\\n    --hash=md5:00\n")

    assert faults(tmp_path / "good.lock") == []
    assert len(faults(tmp_path / "bare.lock")) == 2
    assert len(faults(tmp_path / "loose.lock")) == 3
    assert len(faults(tmp_path / "weak.lock")) == 3
