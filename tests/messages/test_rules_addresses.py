"""Which addresses may be called, in every wrapping that hides an inside one. Pure."""

import pytest

from app.messages.rules_addresses import MOST_LETTERS, Target, all_outside, is_outside, target_of


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::",
        "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2001:db8::1", "::127.0.0.1",
    ],
)  # fmt: skip
def test_given_an_inside_address_in_any_wrapping_when_judged_then_it_is_not_outside(address):
    assert not is_outside(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:4700::6810:1", "2606:4700::a00:1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_given_an_address_of_the_open_internet_when_judged_then_it_is_outside(address):
    assert is_outside(address)


def test_given_a_name_with_one_inside_address_when_judged_then_the_name_is_refused():
    assert not all_outside(["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize(
    "address",
    [
        "", "x", "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "https://",
        "https:///path", "https://user@example.com/", "https://user:pw@example.com/", "https://exa mple.com/",
        "https://example.com/\r\nX: y", "https://example.com/\x00", "https://example.com:99999/", "https://example.com:0/",
        "https://example.com:x/", "https://example.com\\@evil.example/", "https://例子.com/", "javascript:alert(1)",
        "//example.com/", "https://[::1/", "https://" + "a" * 2100,
    ],
)  # fmt: skip
def test_given_no_address_that_may_be_called_when_read_then_there_is_no_target(address):
    assert target_of(address) is None


def test_given_a_whole_https_address_when_read_then_only_its_host_is_for_the_eye():
    target = target_of("https://QYAPI.weixin.qq.com/cgi-bin/webhook/send?key=secret#part")

    assert (target.shown, target.path, target.named) == (
        "qyapi.weixin.qq.com",
        "/cgi-bin/webhook/send?key=secret",
        False,
    )


@pytest.mark.parametrize(
    ("address", "named", "holds"),
    [
        ("http://sms.inside:8080/send", ["sms.inside:8080"], True),
        ("http://sms.inside:8080/send", ["sms.inside"], True),
        ("http://sms.inside:8081/send", ["sms.inside:8080"], False),
        ("http://10.0.0.5/send", ["10.0.0.5"], True),
        ("http://10.0.0.6/send", ["10.0.0.5"], False),
        ("http://sms.inside.evil.example/", ["sms.inside"], False),
    ],
)
def test_given_hosts_that_an_operator_has_named_when_read_then_only_those_may_be_called_by_plain_http(
    address, named, holds
):
    assert (target_of(address, named) is not None) is holds


@pytest.mark.parametrize(
    ("address", "outside"),
    [("2001:0:5db8:d70e::a247:28f1", False), ("64:ff9b::5db8:d70e", True), ("64:ff9b::a00:1", False)],
)
def test_given_a_wrapping_when_judged_then_what_it_carries_decides_and_teredo_never_leads_out(address, outside):
    assert is_outside(address) is outside


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.example", Target(True, "a.example", 443, "/", False)),
        ("https://a.example.:8443/x?y=1#z", Target(True, "a.example", 8443, "/x?y=1", False)),
        ("http://10.0.0.5", Target(False, "10.0.0.5", 80, "/", True)),
        ("https://10.0.0.5:1/~", Target(True, "10.0.0.5", 1, "/~", True)),
    ],
)
def test_given_an_address_when_read_then_every_part_of_it_is_known(address, target):
    assert target_of(address, ["10.0.0.5"]) == target


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/x", "a.example"),
        ("https://a.example:80/x", "a.example"),
        ("https://a.example:81/x", "a.example:81"),
        ("https://[2606:4700::1]/", "[2606:4700::1]"),
        ("https://[2606:4700::1]:8443/", "[2606:4700::1]:8443"),
    ],
)
def test_given_a_target_when_shown_then_host_and_odd_port_only(address, shown):
    assert target_of(address).shown == shown


@pytest.mark.parametrize(("letters", "holds"), [(MOST_LETTERS, True), (MOST_LETTERS + 1, False)])
def test_given_a_long_address_when_read_then_it_has_an_end(letters, holds):
    assert (target_of("https://a.example/".ljust(letters, "x")) is not None) is holds


@pytest.mark.parametrize("address", ["https://a.example/\\x", "https://a.example/\x7f", "https://a.example/ x"])
def test_given_letters_that_no_address_has_when_read_then_there_is_no_target(address):
    assert target_of(address) is None
