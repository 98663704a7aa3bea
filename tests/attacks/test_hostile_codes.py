"""Labels covered by hostile codes: thousands of made-up scans, by the server's rule and by the phone's; none opens."""

import json
import random
import re
import shutil
import subprocess

import pytest

from qr.payload import ScanRefused, check_character, parse_scan
from tests.attacks.world import OWN_CODE
from tests.support.house import ROOT

HOST, CODE = "dabiao.example.gov.cn", "7K3QX9M2TA"
OWN = (HOST, "192.168.1.5:8000")
MADE = 4000
# What alone may be opened: the whole address letter by letter, or the bare code; nothing is left to a parser.
OURS = re.compile(
    rf"(?:https://{re.escape(HOST)}(?::443)?|http://{re.escape(HOST)}(?::80)?|https?://192\.168\.1\.5:8000)/p/([0-9a-z-]+)",
    re.IGNORECASE,
)
SCHEMES = (
    "https://", "http://", "HTTPS://", "//", "https:", "https:/", "https:///", "javascript:", "JAVASCRIPT://",
    "data:text/html,", "intent://", "blob:https://", "view-source:https://", "file:///", "ftp://", "weixin://",
    "tel:", "mailto:", "\\\\", "",
)  # fmt: skip
HOSTS = (
    HOST, HOST.upper(), "dabiao.examp1e.gov.cn", "dabia0.example.gov.cn", f"{HOST}.evil.example", f"evil-{HOST}",
    f"x.{HOST}", f"{HOST}.", f"{HOST}@evil.example", f"user:pass@{HOST}", f"{HOST}\\@evil.example",
    f"evil.example\\@{HOST}", f"{HOST}%2eevil.example", f"evil.example#{HOST}", f"evil.example?{HOST}",
    "xn--dabia-qqa.example.gov.cn", "XN--DABIA-QQA.EXAMPLE.GOV.CN", "dаbiao.example.gov.cn", "ｄabiao.example.gov.cn",
    "dabiao。example.gov.cn", "dabiao\u200b.example.gov.cn", "\u202e" + HOST, "192.168.1.5",
    "192.168.1.5.evil.example", "3232235781", "0xC0A80105", "[::ffff:192.168.1.5]", "localhost", "",
)  # fmt: skip
PORTS = ("", ":443", ":80", ":8000", ":8443", ":", ":0", ":99999", ":443@evil.example", ":44３")
PATHS = (
    "/P/", "/p/", "//P/", "/P/../P/", "\\P\\", "/P/%2e%2e/", "/login?next=/P/", "/B/", "/", "", "?", "#", "/P/x/",
    "/api/v1/checks/", "/P\t/",
)  # fmt: skip
CODES = (
    CODE,
    CODE.lower(),
    "7k3qx-9m2ta",
    "7K3QX9M2TB",
    "7K3QX9M2T",
    CODE + "A",
    "７K3QX9M2TA",
    CODE + "\n",
    CODE + "\x00",
    CODE + "?a=1",
    "",
)
FORMS = (SCHEMES, HOSTS, PORTS, PATHS, CODES)


def made(seed):
    """One to four parts of an honest address, each in a hostile form; what repeats counts once."""
    chance, found = random.Random(seed), {}
    while len(found) < MADE:
        parts = ["https://", HOST, "", "/P/", CODE]
        for place in chance.sample(range(len(parts)), chance.randint(1, 4)):
            parts[place] = chance.choice(FORMS[place])
        found["".join(parts)] = None
    return list(found)


def ours(scanned):
    """Whether this may open a page of ours: the address as a whole, or nothing but a code as people type it."""
    found = OURS.fullmatch(scanned.strip())
    typed = found[1] if found else scanned.strip()
    plain = typed.upper().replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return len(plain) == 10 and plain.isascii() and plain.isalnum() and check_character(plain[:-1]) == plain[-1]


def read(scanned):
    try:
        return parse_scan(scanned, OWN)
    except ScanRefused as refused:
        return refused


def test_given_thousands_of_made_up_scans_when_read_then_none_but_our_own_whole_address_opens():
    opened = {each for each in made(1) + made(2) if isinstance(read(each), str)}

    assert opened == {each for each in made(1) + made(2) if ours(each)}
    assert 5 < len(opened) < MADE / 50


def test_given_the_same_scans_when_the_phone_reads_them_then_it_opens_exactly_the_same(tmp_path):
    node = shutil.which("node") or pytest.fail("node is needed: it comes with the front end's tools")
    cases = [
        {"text": each, "refused": found.reason.value}
        if isinstance(found, ScanRefused)
        else {"text": each, "code": found}
        for each, found in ((each, read(each)) for each in made(3))
    ]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"own": OWN, "scans": cases, "badges": []}), "utf-8")

    ran = subprocess.run(
        [node, str(ROOT / "tests/vectors/run_labels.mjs"), str(ROOT / "app/static/js/label.js"), str(file)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    told = json.loads(ran.stdout)
    opened_apart = [each for each in told["differing"] if each[1].get("code")]
    assert (told["ran"], opened_apart) == (MADE, [])


def test_given_the_page_behind_a_label_when_anybody_opens_it_then_it_asks_for_no_password_and_no_payment(world):
    page = world.test_client().get(f"/p/{OWN_CODE}").get_data(as_text=True)

    assert page.count("<form") > 0
    for asked in ('type="password"', "cc-", 'autocomplete="current-password"', "支付", "付款", "银行卡", "身份证"):
        assert asked not in page
