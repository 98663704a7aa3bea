"""Fixtures of the whole suite: the app on both databases, the network off, nothing skipped in silence."""

import gc
import ipaddress
import socket

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.support.compound import load_demo
from tests.support.databases import KINDS, Templates, let_go, make_app, nothing
from tests.support.objects import running as running_objects

hypothesis_settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("house")


def pytest_addoption(parser):
    parser.addoption("--databases", default=",".join(KINDS), help="kinds that database tests run on, comma between")
    parser.addoption("--soak", action="store_true", help="the fault tests at full length: 10,000 kills")
    parser.addoption("--soak-results", help="folder of the results of a soak, a line a round; build/soak unless given")
    parser.addoption("--soak-minutes", type=float, help="no further round of a test begins after so many minutes")


def pytest_configure(config):
    """Let the last line say `0 skipped`, so that it is seen and not assumed."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    counted = reporter.build_summary_stats_line

    def with_skipped():
        parts, colour = counted()
        if not any("skipped" in text for text, _markup in parts):
            parts.append(("0 skipped", {colour: True}))
        return parts, colour

    reporter.build_summary_stats_line = with_skipped


def pytest_sessionfinish(session):
    """A skipped test is a failed run: the machine lacks something and the run must say so."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", metafunc.config.getoption("--databases").split(","))


def pytest_collection_modifyitems(items):
    """Tests that ask for a database carry a mark, so that `make check` can do without them."""
    for item in items:
        if {"database", "templates"} & set(item.fixturenames):
            item.add_marker(pytest.mark.stored)


def pytest_collection_finish(session):
    """What stands now stays to the end: each test's application would have the collector walk through it all again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def network_off():
    """Tests talk to this machine only; a name or address outside fails at once."""
    connect = socket.socket.connect

    def guarded(self, address):
        inside = (
            isinstance(address, str | bytes)
            or address[0] == "localhost"
            or ipaddress.ip_address(address[0]).is_loopback
        )
        # A datagram socket to the range kept for documentation sends nothing: it only asks for the own address.
        asks_only = self.type == socket.SOCK_DGRAM and str(address[0]).startswith("192.0.2.")
        assert inside or asks_only, f"a test wants to reach {address}"
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    """Databases made by the real migrations, one template a kind and content."""
    made = Templates(tmp_path_factory.mktemp("templates"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def objects():
    """A real S3 server on loopback."""
    with running_objects() as server:
        yield server


@pytest.fixture
def app(database, templates, tmp_path):
    """The application on an empty database of its own; runs once a kind of database. No context is pushed."""
    with templates.copy(database, "bare", nothing, tmp_path / "instance") as url:
        made = make_app(url, tmp_path / "instance")
        yield made
        let_go(made)


@pytest.fixture
def demo_app(database, templates, tmp_path):
    """The same with the demo compound: units, people, points, standards, rounds, rows ahead; no history."""
    with templates.copy(database, "demo", load_demo, tmp_path / "instance") as url:
        made = make_app(url, tmp_path / "instance")
        yield made
        let_go(made)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def demo_client(demo_app):
    return demo_app.test_client()


@pytest.fixture
def inside(app):
    """For tests of queries and actions: the application context of `app` is open."""
    with app.app_context():
        yield app


@pytest.fixture
def inside_demo(demo_app):
    """The same for `demo_app`."""
    with demo_app.app_context():
        yield demo_app


@pytest.fixture
def soak(request):
    """Whether this run goes to full length."""
    return request.config.getoption("--soak")
