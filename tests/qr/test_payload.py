import pytest
from hypothesis import given
from hypothesis import strategies as st

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

OWN = {"dabiao.example.gov.cn", "192.168.1.5:8000"}
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


@pytest.mark.parametrize(
    "scanned",
    [
        "HTTPS://DABIAO.EXAMPLE.GOV.CN/P/7K3QX9M2TA",
        "https://dabiao.example.gov.cn/p/7k3qx-9m2ta",
        "https://dabiao.example.gov.cn:443/P/7K3QX9M2TA",
        "HTTP://192.168.1.5:8000/P/7K3QX9M2TA",
        " 7k3qx 9m2ta\n",
        "7K3QX-9M2TA",
    ],
)
def test_given_an_own_label_when_it_is_scanned_then_its_code_is_read(scanned):
    assert parse_scan(scanned, OWN) == CODE


@pytest.mark.parametrize(
    ("scanned", "reason"),
    [
        ("", Reason.EMPTY),
        ("  \n", Reason.EMPTY),
        ("https://dabiao.example.gov.cn/P/" + "7" * 400, Reason.TOO_LONG),
        ("https://evil.example/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://dabiao.example.gov.cn.evil.example/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://evil-dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://sub.dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://dabiao.example.gov.cn./P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://dabiao.examp1e.gov.cn/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://evil.example\\@dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https:///dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://%64abiao.example.gov.cn/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("https://dabiao.example.gov.cn@evil.example/P/7K3QX9M2TA", Reason.USERINFO),
        ("https://user:pass@dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.USERINFO),
        ("https://xn--dabia-qqa.example.gov.cn/P/7K3QX9M2TA", Reason.PUNYCODE),
        ("HTTPS://XN--DABIA-QQA.EXAMPLE.GOV.CN/P/7K3QX9M2TA", Reason.PUNYCODE),
        ("https://dаbiao.example.gov.cn/P/7K3QX9M2TA", Reason.NOT_PLAIN),  # a Cyrillic a
        ("https://dabiao.example.gov.cn／P／7K3QX9M2TA", Reason.NOT_PLAIN),
        ("https://dabiao.example.gov.cn/P/7K3QX\u200b9M2TA", Reason.NOT_PLAIN),
        ("https://dabiao.example.gov.cn/P/7K3QX9M2TA\nhttps://evil.example", Reason.NOT_PLAIN),
        ("https://dabiao.example.gov.cn:8443/P/7K3QX9M2TA", Reason.PORT),
        ("https://dabiao.example.gov.cn:80/P/7K3QX9M2TA", Reason.PORT),
        ("http://192.168.1.5/P/7K3QX9M2TA", Reason.PORT),
        ("https://dabiao.example.gov.cn:/P/7K3QX9M2TA", Reason.FOREIGN_HOST),
        ("javascript:alert(1)//dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.SCHEME),
        ("JaVaScRiPt://dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.SCHEME),
        ("data:text/html,7K3QX9M2TA", Reason.SCHEME),
        ("weixin://dl/business/?t=7K3QX9M2TA", Reason.SCHEME),
        ("https:dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.SCHEME),
        ("tel:12345", Reason.SCHEME),
        ("https://dabiao.example.gov.cn/login", Reason.PATH),
        ("https://dabiao.example.gov.cn", Reason.PATH),
        ("https://dabiao.example.gov.cn/P/7K3QX9M2TA?next=https://evil.example", Reason.PATH),
        ("https://dabiao.example.gov.cn/P/7K3QX9M2TA#x", Reason.PATH),
        ("https://dabiao.example.gov.cn/P/../P/7K3QX9M2TA", Reason.PATH),
        ("https://dabiao.example.gov.cn\\P\\7K3QX9M2TA", Reason.PATH),
        ("https://dabiao.example.gov.cn/P/7K3QX9M2TB", Reason.CODE),
        ("https://dabiao.example.gov.cn/P/7K3QX9M2T", Reason.CODE),
        ("//dabiao.example.gov.cn/P/7K3QX9M2TA", Reason.CODE),
        ("WIFI", Reason.CODE),
    ],
)
def test_given_a_hostile_scan_when_it_is_parsed_then_it_is_refused_with_its_reason(scanned, reason):
    with pytest.raises(ScanRefused) as refused:
        parse_scan(scanned, OWN)

    assert refused.value.reason is reason


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
