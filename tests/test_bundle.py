"""The offline archive: it installs where there is no network, and says so when a file of it was changed."""

import os
import platform
import shutil
import subprocess
import sys

import pytest

from tests.support.house import ROOT

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
ALONE = ["unshare", "--net", "--map-root-user"]

pytestmark = pytest.mark.slow


def run(folder, *command, alone=False, **env):
    """A command; `alone` in a network of its own that leads nowhere."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    before = (
        ALONE if alone and not subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode else []
    )
    # Where no such network can be made, an index that nobody answers at stands in for it.
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PYTHON": sys.executable} if alone else {}
    return subprocess.run(
        [*before, *command], cwd=folder, env=keep | nowhere | env, capture_output=True, text=True, check=False
    )


@pytest.fixture
def unpacked(tmp_path):
    made = subprocess.run(
        [ROOT / "tools/bundle", tmp_path],
        env=os.environ | {"PYTHONS": PYTHON},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    (archive,) = tmp_path.glob("*.tar.gz")
    subprocess.run(["tar", "-xzf", archive, "-C", tmp_path], check=True)
    archive.unlink()
    yield next(each for each in tmp_path.iterdir() if each.is_dir())
    shutil.rmtree(tmp_path)


# One test: making the archive takes longer than all that is asked of it.
def test_given_the_archive_when_installed_without_a_network_then_the_site_answers_and_a_changed_file_is_refused(
    unpacked, tmp_path_factory
):
    settings = {"DABIAO_INSTANCE": str(tmp_path_factory.mktemp("site")), "DABIAO_TIMER": "0"}
    assert platform.machine() in ("x86_64", "aarch64"), f"no wheels are made for {platform.machine()}"
    assert_both_machines_have_every_package(unpacked)
    assert_a_change_is_refused(unpacked)

    installed = run(unpacked, "./install", alone=True)
    migrated = run(unpacked, ".venv/bin/dabiao", "migrate", alone=True, **settings)
    looked = run(unpacked, ".venv/bin/dabiao", "doctor", alone=True, **settings)

    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert migrated.returncode == 0, migrated.stderr
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "ok    schema" in looked.stdout


def assert_both_machines_have_every_package(folder):
    wheels = [wheel.name.lower() for wheel in (folder / "wheels").glob("*.whl")]
    packages = {wheel.split("-")[0].replace(".", "_") for wheel in wheels}
    anywhere = {wheel.split("-")[0] for wheel in wheels if wheel.endswith("-any.whl")}
    built = [
        {wheel.split("-")[0] for wheel in wheels if f"_{machine}.whl" in wheel} for machine in ("x86_64", "aarch64")
    ]

    locked = [line.split("==", 1) for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line]
    needed = {name.replace("-", "_").replace(".", "_").lower() for name, version in locked if ";" not in version}
    assert built[0] - anywhere == built[1] - anywhere
    assert needed <= packages
    assert {"pillow", "orjson", "cryptography"} <= built[1]


def assert_a_change_is_refused(folder):
    file = folder / "app" / "clock.py"
    whole = file.read_bytes()
    file.write_bytes(whole + b"\n")

    refused = run(folder, "./install", alone=True)
    file.write_bytes(whole)

    assert refused.returncode == 1
    assert "damaged or changed" in refused.stderr
    assert "app/clock.py" in refused.stdout + refused.stderr
