"""Given a fragment that many share, when it is shown again, then it is not made again and its holes are filled anew."""

import pytest
from flask import render_template_string

from app.web.remembered import Remembered

PAGE = """{% call(hole) remembered("k" ~ key, {"who": who, "when": when}) -%}
<p title="{{ hole.when }}">{{ hole.who }} {{ counted() }} {{ hole.who }}</p>{% endcall %}"""


@pytest.fixture
def shown(app):
    """Renders the page; the number in it tells how often the fragment was made."""
    made = []

    def show(key: str, who: str, when: str = "now") -> str:
        with app.test_request_context():
            return render_template_string(
                PAGE, key=key, who=who, when=when, counted=lambda: made.append(1) or len(made)
            )

    return show


def test_given_a_fragment_when_shown_to_another_person_then_it_is_made_once_with_that_persons_holes(shown):
    assert shown("a", "ann").strip() == '<p title="now">ann 1 ann</p>'
    assert shown("a", "bob", "later").strip() == '<p title="later">bob 1 bob</p>'
    assert shown("b", "ann").strip() == '<p title="now">ann 2 ann</p>'


def test_given_hostile_text_for_a_hole_when_shown_then_it_is_escaped_each_time(shown):
    for _ in range(2):
        assert '<p title="&#34;&gt;">&lt;b&gt;' in shown("a", "<b>", '">')


def test_given_more_fragments_than_are_kept_when_asked_then_the_oldest_gives_way(app):
    remembered = Remembered(most=2)

    with app.test_request_context():
        made = [remembered.text(key, lambda key=key: key * 2) for key in ("a", "b", "a", "c")]
        again = {key: remembered.text(key, lambda: "anew") for key in ("a", "b")}

    assert made == ["aa", "bb", "aa", "cc"]
    assert again == {"a": "aa", "b": "anew"}
