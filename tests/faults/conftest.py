"""What the fault tests share: servers that start in a moment, and rounds that are counted."""

from pathlib import Path

import pytest

from tests.support.loaded import loaded
from tests.support.soaking import ROOT, Rounds


@pytest.fixture(scope="session")
def fork():
    """Starts a server from a process that has loaded the program."""
    with loaded() as start:
        yield start


@pytest.fixture
def rounds(request, soak):
    """How often a fault is repeated here, and where that is written down."""
    folder = Path(request.config.getoption("--soak-results") or ROOT / "build" / "soak")
    return Rounds(soak, folder, request.config.getoption("--soak-minutes"))
