"""`dabiao serve --https`: the certificate that is made and kept, and a server that really speaks TLS with it."""

import http.client
import os
import signal
import ssl
import stat
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from app import clock
from app.cli_certificates import _sign, local_certificate
from app.cli_serve import serve
from app.config import Settings
from tests.support import builders
from tests.support.client import TOKEN
from tests.support.servers import free_port

ADDRESS = "https://10.20.30.40:8000"


def settings(folder):
    return Settings.from_env({"DABIAO_INSTANCE": str(folder), "DABIAO_SECRET_KEY": "k" * 40})


def leaf_of(made):
    return x509.load_pem_x509_certificates(made.chain.read_bytes())[0]


def accepted(made, address):
    """Whether a client that trusts the authority takes the leaf for this address."""
    store = Store(x509.load_pem_x509_certificates(made.authority.read_bytes()))
    verifier = PolicyBuilder().store(store).build_server_verifier(x509.DNSName(address))
    try:
        verifier.verify(leaf_of(made), [])
    except VerificationError:
        return False
    return True


def test_given_no_certificate_when_one_is_made_then_its_keys_are_for_the_owner_only(tmp_path):
    made = local_certificate(settings(tmp_path), ADDRESS)

    for key in tmp_path.joinpath("https").glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(made.fingerprint.split(":")) == 32


def test_given_a_certificate_when_the_server_starts_again_then_phones_need_no_new_one(tmp_path):
    first = local_certificate(settings(tmp_path), ADDRESS)
    chain = first.chain.read_bytes()

    again = local_certificate(settings(tmp_path), ADDRESS)

    assert again == first and again.chain.read_bytes() == chain


def test_given_another_inside_address_when_the_server_starts_then_only_the_leaf_is_new(tmp_path):
    first = local_certificate(settings(tmp_path), ADDRESS)
    chain = first.chain.read_bytes()

    again = local_certificate(settings(tmp_path), "https://192.168.1.9:8000")

    assert again.fingerprint == first.fingerprint
    assert again.chain.read_bytes() != chain


def test_given_an_address_that_the_authority_may_not_sign_when_the_server_starts_then_there_is_a_new_authority(
    tmp_path,
):
    first = local_certificate(settings(tmp_path), ADDRESS)

    again = local_certificate(settings(tmp_path), "https://dabiao.lan:8000")

    assert again.fingerprint != first.fingerprint


def test_given_a_leaf_about_to_run_out_when_the_server_starts_then_it_is_renewed_under_the_same_authority(tmp_path):
    first = local_certificate(settings(tmp_path), ADDRESS)
    end = leaf_of(first).not_valid_after_utc

    with clock.at(end - timedelta(days=29)):
        again = local_certificate(settings(tmp_path), ADDRESS)

    assert again.fingerprint == first.fingerprint
    assert leaf_of(again).not_valid_after_utc > end + timedelta(days=300)


@pytest.mark.parametrize(("name", "taken"), [("localhost", True), ("bank.example.com", False)])
def test_given_the_authority_when_it_signs_then_only_names_of_inside_are_believed(tmp_path, name, taken):
    made = local_certificate(settings(tmp_path), ADDRESS)
    issuer = x509.load_pem_x509_certificate(made.authority.read_bytes())
    key = load_pem_private_key((tmp_path / "https/authority.key").read_bytes(), None)

    _sign((issuer, key), [name], made.chain, made.key)

    assert accepted(made, name) is taken


def test_given_a_plain_address_when_https_is_asked_for_then_the_start_says_so(app, monkeypatch):
    monkeypatch.setenv("DABIAO_BASE_URL", "http://10.1.2.3:8000")

    done = app.test_cli_runner().invoke(serve, ["--https", "--host", "127.0.0.1", "--port", str(free_port())])

    assert done.exit_code == 1
    assert "DABIAO_BASE_URL says http://10.1.2.3:8000" in done.output


def test_given_no_local_certificate_when_it_is_asked_for_then_there_is_none(client):
    assert client.get("/ca.crt").status_code == 404


@pytest.fixture(scope="module")
def served(templates, tmp_path_factory):
    """`dabiao serve --https` as an operator starts it; gives the port, the authority and what was printed."""
    port, tmp_path = free_port(), tmp_path_factory.mktemp("https")
    with templates.copy("sqlite", "https", small_world, tmp_path / "instance") as url:
        env = os.environ | {
            "DABIAO_INSTANCE": str(tmp_path / "instance"), "DABIAO_DATABASE_URL": url, "DABIAO_TIMER": "0",
        }  # fmt: skip
        log = tmp_path / "printed"
        command = [
            sys.executable,
            "-c",
            "from app.cli import main; main()",
            "serve",
            "--https",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        with log.open("wb") as output:
            root = Path(__file__).resolve().parents[1]
            process = subprocess.Popen([*command, "--workers", "1"], cwd=root, env=env, stdout=output, stderr=output)
        try:
            wait_for(port, process, log)
            yield port, tmp_path / "instance/https/dabiao-ca.crt", log.read_text("utf-8")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def small_world(app):
    with app.app_context():
        builders.small_world()


def wait_for(port, process, log):
    for _ in range(200):
        assert process.poll() is None, log.read_text("utf-8")
        link = http.client.HTTPSConnection("127.0.0.1", port, timeout=2, context=ssl._create_unverified_context())
        with suppress(OSError), closing(link):
            link.request("GET", "/healthz")
            return link.getresponse().read()
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def ask(link, method, path, body=None, **headers):
    link.request(method, path, body, headers)
    answer = link.getresponse()
    return answer, answer.read().decode()


def test_given_serve_https_when_a_phone_trusts_the_authority_then_it_signs_in_with_secure_cookies(served):
    port, authority, printed = served
    link = http.client.HTTPSConnection("127.0.0.1", port, context=ssl.create_default_context(cafile=authority))

    _, kept = ask(link, "GET", "/ca.crt")
    page, text = ask(link, "GET", "/login")
    before = page.headers.get("Set-Cookie").split(";")[0]
    form = urlencode({"csrf_token": TOKEN.search(text)[1], "account": "ann", "password": builders.PASSWORD})
    typed = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": before}
    signed, _ = ask(link, "POST", "/login", form, **typed, Referer=f"https://127.0.0.1:{port}/login")

    link.close()

    assert kept == authority.read_text("ascii") and f"https://127.0.0.1:{port}/ca.crt" in printed
    assert signed.status == 303
    assert all("Secure" in cookie for cookie in signed.headers.get_all("Set-Cookie"))
    assert "Strict-Transport-Security" not in page.headers


def test_given_serve_https_when_a_browser_does_not_trust_it_then_there_is_no_connection(served):
    link = http.client.HTTPSConnection("127.0.0.1", served[0], context=ssl.create_default_context())

    with pytest.raises(ssl.SSLCertVerificationError):
        link.request("GET", "/")
