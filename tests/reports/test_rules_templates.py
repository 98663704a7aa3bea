"""Bounds of Word templates from outside: what just fits is taken, what is a byte or a loop more is refused. Pure."""

import io
import zipfile

import pytest

from app.refusals import Invalid, TooLarge
from app.reports import rules_templates as rules
from app.reports.rules_templates import FormEnvironment, check_package, names_in


def package(parts):
    """A zip with these parts beside an empty document, stored as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name, content in {"word/document.xml": b"<w/>", **parts}.items():
            new.writestr(name, content)
    return out.getvalue()


def lying(parts, claimed):
    """The same, but the directory claims this size for the last part."""
    body = bytearray(package(parts))
    at = body.rindex(b"PK\x01\x02")
    body[at + 24 : at + 28] = claimed.to_bytes(4, "little")
    return bytes(body)


def told(refused):
    return {name: str(words) for name, words in refused.value.fields.items()}


def test_given_texts_when_rendered_then_they_are_escaped():
    assert FormEnvironment().from_string("{{ fact }}").render(fact="<w:p>") == "&lt;w:p&gt;"


@pytest.mark.parametrize(
    "tag", ["{{ fact|default('-')|upper }}", "{% if fact is defined %}{{ fact|length }}{% endif %}"]
)
def test_given_a_filter_and_a_test_of_the_list_when_read_then_they_are_taken(tag):
    assert names_in(FormEnvironment(), [tag]) == {"fact"}


@pytest.mark.parametrize("tag", ["{{ fact|pprint }}", "{% if fact is odd %}x{% endif %}", "{{ fact.real_quick() }}"])
def test_given_a_filter_or_test_beyond_the_list_when_read_then_the_template_field_says_so(tag):
    with pytest.raises(Invalid) as refused:
        names_in(FormEnvironment(), [tag])

    assert set(refused.value.fields) == {"template"}


def test_given_a_broken_tag_when_read_then_the_template_field_says_why():
    with pytest.raises(Invalid) as refused:
        names_in(FormEnvironment(), ["{{ fact", "x"])

    assert told(refused)["template"].startswith("A tag of the template is broken: ")


def loops(count):
    opened = "".join(f"{{% for a{number} in lines %}}" for number in range(count))
    return f"{opened}x{'{% endfor %}' * count}"


def test_given_loops_when_two_lie_in_each_other_then_taken_and_a_third_is_refused_wherever_it_stands():
    assert names_in(FormEnvironment(), [loops(2) + loops(2)]) == {"lines"}
    with pytest.raises(Invalid) as refused:
        names_in(FormEnvironment(), [loops(2), loops(3)])

    assert told(refused) == {
        "template": "The template holds a tag that is not allowed: fields, loops and conditions are."
    }


def test_given_a_file_when_as_large_as_allowed_then_only_a_byte_more_is_too_large():
    with pytest.raises(Invalid) as refused:
        check_package(b"x" * rules.MOST_BYTES)
    assert set(refused.value.fields) == {"template"}

    with pytest.raises(TooLarge, match="at most 2 MB"):
        check_package(b"x" * (rules.MOST_BYTES + 1))


def test_given_a_package_when_it_has_as_many_parts_as_allowed_then_only_one_more_is_too_many():
    check_package(package({f"p{number}.txt": b"" for number in range(rules.MOST_PARTS - 1)}))

    with pytest.raises(TooLarge):
        check_package(package({f"p{number}.txt": b"" for number in range(rules.MOST_PARTS)}))


@pytest.mark.parametrize(("over", "large"), [(0, False), (1, True)])
def test_given_a_package_when_it_unpacks_to_the_limit_then_only_a_byte_more_is_too_much(monkeypatch, over, large):
    monkeypatch.setattr(rules, "MOST_UNPACKED_BYTES", 100)
    parts = {"a.txt": b"x" * 48, "b.txt": b"x" * (48 + over)}

    for body in (package(parts), lying(parts, 1)):
        if large:
            with pytest.raises((TooLarge, Invalid)):
                check_package(body)
    if not large:
        check_package(package(parts))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/_rels/document.xml.rels", b'<r><l TargetMode="External"/></r>'),
        ("word/_rels/document.xml.rels", b"<r>"),
        ("a.xml", b"x\x00y"),
        ("a.xml", b"<!entity a>"),
        ("a.xml", b"DDEAUTO c:"),
        ("word/vbaData.xml", b""),
    ],
)
def test_given_a_harmful_part_when_looked_through_then_the_template_field_says_so(name, content):
    with pytest.raises(Invalid) as refused:
        check_package(package({name: content}))

    assert set(refused.value.fields) == {"template"}


def test_given_links_within_the_file_when_looked_through_then_they_are_fine_and_no_entity_is_opened(tmp_path):
    inside = tmp_path / "x"
    inside.write_text("secret", "utf-8")

    check_package(package({"word/_rels/document.xml.rels": b'<r><l Target="media/a.png" TargetMode="Internal"/></r>'}))
    with pytest.raises(Invalid):
        check_package(package({"a.rels": f'<!DOCTYPE r [<!ENTITY e SYSTEM "{inside.as_uri()}">]><r>&e;</r>'.encode()}))
