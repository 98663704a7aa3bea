"""Which addresses and names may be saved as a view."""

import pytest

from app.boards.rules_views import LONGEST_NAME, MOST_VIEWS, addressed, has_room, named
from app.refusals import Invalid


@pytest.mark.parametrize(
    "path",
    [
        "/stats",
        "/stats?month=2026-11&by=point&q=卫生间",
        "/figures/board?unit=clean&month=2026-10",
        "/log?day=2026-11-02",
    ],
)
def test_given_a_page_of_figures_when_saved_then_its_address_is_kept(path):
    assert addressed(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "stats", "//evil.example/stats", "https://evil.example/stats", "/stats/../logout", "/logout", "/figures",
        "/figures/views", "/stats\n?x", "/stats?x=\ny", "/stats#x", "javascript:alert(1)", "/stats?" + "x" * 400,
    ],
)  # fmt: skip
def test_given_anything_else_when_saved_then_it_is_refused_with_a_sentence(path):
    with pytest.raises(Invalid) as refused:
        addressed(path)

    assert "path" in refused.value.fields


def test_given_names_when_kept_then_blanks_are_one_and_empty_or_long_ones_are_refused():
    assert named("  我的   视图 ") == "我的 视图"
    for name in ("", "   ", "x" * (LONGEST_NAME + 1)):
        with pytest.raises(Invalid):
            named(name)


def test_given_as_many_views_as_anybody_may_have_when_another_comes_then_it_is_refused():
    has_room(MOST_VIEWS - 1)
    with pytest.raises(Invalid):
        has_room(MOST_VIEWS)
