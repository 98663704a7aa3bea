"""A camera that plays a film, and a phone that may use it."""

import pytest

from tests.browser.conftest import FLAGS
from tests.support.cameras import clip
from tests.support.scanning import load_beat
from tests.support.servers import module_server

server = module_server("beat", load_beat)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """The file that the fake camera plays; it is read anew whenever a page opens the camera."""
    path = tmp_path_factory.mktemp("film") / "camera.mjpeg"
    clip(path, None)
    return path


@pytest.fixture(scope="module")
def chromium(playwright, film):
    flags = [*FLAGS, "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    yield browser
    browser.close()


@pytest.fixture
def scanner(phone, sign_in):
    """A signed-in worker's phone that may use its camera."""
    phone.context.grant_permissions(["camera"])
    sign_in(phone, "wk-01")
    return phone
