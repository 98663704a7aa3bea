import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from qr.payload import (
    ALPHABET,
    BadCode,
    Reason,
    ScanRefused,
    check,
    check_character,
    display,
    host_of,
    new_code,
    normalise,
    parse_scan,
    read_code,
    symbol_text,
)
from tests.support.house import ROOT

VECTORS = ROOT / "tests/vectors/labels.json"
CASES = json.loads(VECTORS.read_text("utf-8"))
OWN = set(CASES["own"])
CODE = "7K3QX9M2TA"
bodies = st.text(ALPHABET, min_size=9, max_size=9)
codes = bodies.map(lambda body: body + check_character(body))


@pytest.mark.parametrize(("body", "character"), [("7K3QX9M2T", "A"), ("000000000", "H"), ("ABCDEFGHJ", "E")])
def test_given_nine_characters_when_the_tenth_is_computed_then_it_is_that_of_the_contract(body, character):
    assert check_character(body) == character


def test_given_the_system_source_when_codes_are_made_then_they_are_valid_and_differ():
    made = {new_code() for _ in range(500)}

    assert len(made) == 500
    assert all(check(code) for code in made)


@given(codes)
def test_given_a_code_when_it_goes_through_the_symbol_then_it_comes_back(code):
    text = symbol_text("https://dabiao.example.gov.cn/", code)

    assert text == text.upper()
    assert parse_scan(text, OWN) == code


@given(codes, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_given_one_wrong_character_when_the_code_is_checked_then_it_is_refused(code, place, character):
    mistyped = code[:place] + character + code[place + 1 :]

    assert check(mistyped) is (mistyped == code)


@given(codes, st.integers(0, 8))
def test_given_two_neighbours_exchanged_when_the_code_is_checked_then_all_but_the_pair_0_z_is_refused(code, place):
    first, second = code[place : place + 2]
    exchanged = code[:place] + second + first + code[place + 2 :]

    # The hybrid scheme with modulus 32 cannot tell the two ends of the alphabet apart.
    assert not check(exchanged) or first == second or {first, second} == {"0", "Z"}


@given(codes, st.data())
def test_given_a_code_as_people_type_it_when_it_is_read_then_it_is_the_code(code, data):
    alike = {"0": "0Oo０", "1": "1iIlL"}
    typed = "".join(data.draw(st.sampled_from(alike.get(c, c + c.lower()))) for c in code)
    separator = data.draw(st.sampled_from(["-", " ", "", " - ", "—", "－"]))

    assert read_code(f" {typed[:5]}{separator}{typed[5:]} ") == code


@given(st.text(max_size=40))
def test_given_any_text_when_it_is_read_then_it_is_a_valid_code_or_refused(text):
    try:
        code = read_code(text)
    except BadCode:
        return

    assert check(code)
    assert normalise(code) == code


def test_given_a_code_when_it_is_displayed_then_it_stands_in_two_fives():
    assert display(CODE) == "7K3QX-9M2TA"


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://Dabiao.Example.gov.cn", "dabiao.example.gov.cn"),
        ("https://dabiao.example.gov.cn:443/", "dabiao.example.gov.cn"),
        ("http://192.168.1.5:8000", "192.168.1.5:8000"),
    ],
)
def test_given_a_base_url_when_the_host_is_printed_then_only_a_strange_port_stays(base_url, host):
    assert host_of(base_url) == host


@pytest.mark.parametrize(
    "base_url",
    ["https://a.cn/path", "ftp://a.cn", "https://me@a.cn", "a.cn", "https://", "https://a.cn?x", "https://a cn"],
)
def test_given_more_than_scheme_host_and_port_when_a_symbol_is_made_then_it_is_refused(base_url):
    with pytest.raises(ValueError, match="scheme, host and port"):
        symbol_text(base_url, CODE)


@pytest.mark.parametrize("case", CASES["scans"], ids=lambda case: case["text"][:60])
def test_given_what_a_camera_brings_when_it_is_parsed_then_it_is_our_code_or_refused_with_its_reason(case):
    try:
        read = {"code": parse_scan(case["text"], OWN)}
    except ScanRefused as refused:
        read = {"refused": refused.reason.value}

    assert read == {name: value for name, value in case.items() if name != "text"}


def test_given_the_same_cases_when_the_phone_runs_them_then_none_differs():
    node = shutil.which("node") or compute_driver_executable()[0]
    runner, module = VECTORS.with_name("run_labels.mjs"), ROOT / "app/static/js/label.js"

    ran = subprocess.run(
        [node, str(runner), str(module), str(VECTORS)], capture_output=True, text=True, check=True, timeout=60
    )

    assert json.loads(ran.stdout) == {"ran": len(CASES["scans"]) + len(CASES["badges"]), "differing": []}


@given(st.text(max_size=80))
def test_given_any_scan_when_it_is_parsed_then_it_is_a_code_or_refused(scanned):
    try:
        code = parse_scan(scanned, OWN)
    except ScanRefused:
        return

    assert check(code)


@given(st.from_regex(r"[a-z]{1,12}(\.[a-z]{1,8}){1,3}", fullmatch=True), codes)
def test_given_any_foreign_host_when_its_link_is_scanned_then_it_is_refused(host, code):
    with pytest.raises(ScanRefused) as refused:
        parse_scan(f"https://{host}/P/{code}", OWN)

    assert refused.value.reason in {Reason.FOREIGN_HOST, Reason.PUNYCODE}
