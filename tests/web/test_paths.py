"""Given an address to go on to, when it would leave this site as a browser reads it, then home is taken."""

import pytest

from app.web.paths import own_path


@pytest.mark.parametrize("wanted", ["/", "/p/7K3QX9M2TA", "/log?day=2026-11-20", "/a/../b"])
def test_given_an_own_path_when_asked_then_it_is_kept(wanted):
    assert own_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [None, "", "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
     "javascript:alert(1)", "p/7K3", " //evil.example", "/\n/evil.example", "http:/evil.example", "///evil.example"],
)  # fmt: skip
def test_given_anything_else_when_asked_then_home_is_taken(wanted):
    assert own_path(wanted) == "/"
