"""Odd things in addresses and headers: paths that climb, line breaks, ids of every wrong kind: never a 5xx."""

import re

import pytest

from tests.attacks.world import client_of

ODD = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd",
    "/etc/passwd", "C:%5Cboot.ini", "%00", "x%0d%0aSet-Cookie:%20taken=1", "x%0aLocation:%20https://evil.example",
    "1'%20OR%20'1'='1", "1;DROP%20TABLE%20checks", "{{7*7}}", "-1", "0", "99999999999999999999999", "1e9", "NaN", "٣",
    "%F0%9F%98%80", "a" * 300, "2026-02-30", "0000-00-00", "9999-12-31", "%ff",
)  # fmt: skip
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?\w+>")
SECRETS = ("root:x:0", "[boot loader]", "BEGIN RSA", "secret_key")


def addresses(app):
    """Each GET address with something in it, filled with each odd thing in turn."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments:
            for odd in ODD:
                yield ARGUMENT.sub(lambda _found, odd=odd: odd, rule.rule)


def fault_of(answer):
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    named = {name.lower() for name, _value in answer.headers}
    taken = [name for name in ("Set-Cookie", "Location") if "evil" in answer.headers.get(name, "").partition("?")[0]]
    if taken or "taken" in answer.headers.get("Set-Cookie", "") or "taken" in named:
        return f"headers {answer.headers}"
    body = answer.get_data(as_text=True)
    return next((secret for secret in SECRETS if secret in body), None)


@pytest.mark.parametrize("who", ["supervisor", "admin"])
def test_given_odd_things_in_every_address_when_opened_then_a_plain_answer_and_no_file_of_the_machine(world, who):
    client, _headers = client_of(world, who)
    client.inspecting = False

    found = {path: fault for path in addresses(world) if (fault := fault_of(client.get(path)))}

    assert not found, "\n".join(f"{path}: {fault}" for path, fault in found.items())


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Request-Id", "Referer", "Accept-Language", "User-Agent", "Cookie", "Range"]
)
def test_given_odd_headers_when_a_page_is_opened_then_never_an_error_and_nothing_is_echoed(world, name):
    client, _headers = client_of(world, "worker")
    client.inspecting = False
    for odd in (
        "x" * 4000,
        "é\x80",
        "<script>taken</script>",
        "1,2,3;q=;q=9",
        "bytes=9-1,-0",
        '=;=;;"',
        "127.0.0.1, ::1, x",
    ):
        for path in ("/", "/me", "/login", "/static/nothing.js"):
            answer = client.get(path, headers={name: odd})

            assert answer.status_code < 500
            assert "<script>taken" not in answer.get_data(as_text=True)
