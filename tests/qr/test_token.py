import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr.payload import ALPHABET, BadCode, check, check_character
from qr.token import TOKEN_LENGTH, card_text, grouped, new_token, read_token

TOKEN = "7K3QX9M2T0123456789" + check_character("7K3QX9M2T0123456789")
tokens = st.text(ALPHABET, min_size=19, max_size=19).map(lambda body: body + check_character(body))


def test_given_the_system_source_when_tokens_are_made_then_they_are_long_valid_and_differ():
    made = {new_token() for _ in range(300)}

    assert len(made) == 300
    assert all(len(token) == TOKEN_LENGTH and read_token(token) == token and not check(token) for token in made)
    assert {character for token in made for character in token} == set(ALPHABET)


@given(tokens)
def test_given_a_token_when_typed_as_people_type_then_it_comes_back(token):
    assert read_token(grouped(token).lower().replace("0", "o").replace("1", "l")) == token


@given(tokens, st.integers(0, 19), st.sampled_from(ALPHABET))
def test_given_one_wrong_character_when_read_then_it_is_refused(token, at, other):
    wrong = token[:at] + other + token[at + 1 :]

    if wrong == token:
        return
    with pytest.raises(BadCode):
        read_token(wrong)


@pytest.mark.parametrize("text", ["", "7K3QX9M2TA", TOKEN[:-1], TOKEN + "0", "/" * 20, "7" * 5000, TOKEN[:-1] + "U"])
def test_given_no_token_when_read_then_it_is_refused(text):
    with pytest.raises(BadCode):
        read_token(text)


def test_given_a_token_when_it_goes_into_a_symbol_then_address_and_token_are_in_capitals():
    assert card_text("http://192.168.1.5:8000/", TOKEN) == f"HTTP://192.168.1.5:8000/B/{TOKEN}"


@pytest.mark.parametrize("base", ["https://a.example/path", "ftp://a.example", "a.example"])
def test_given_an_address_that_capitals_would_change_when_the_symbol_is_made_then_it_is_refused(base):
    with pytest.raises(ValueError, match="label"):
        card_text(base, TOKEN)
