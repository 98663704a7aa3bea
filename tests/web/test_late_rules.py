"""The rules of addresses build what Werkzeug's own build, and only when they are asked."""

import pytest
from werkzeug.routing import AnyConverter, BuildError, IntegerConverter, Map, Rule

from app.web.late_rules import LateRule


def mapped(kind: type[Rule], plain: Rule) -> Map:
    return Map([kind(plain.rule, defaults=plain.defaults, endpoint="one", methods=plain.methods)], sort_parameters=True)


def value_of(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return next(iter(converter.items))
    return 7 if isinstance(converter, IntegerConverter) else "甲 b/&?"


@pytest.mark.parametrize("unknown", [{}, {"page": 2, "next": "/log?view=list&day=1"}])
def test_given_every_rule_of_the_program_when_built_then_the_address_is_werkzeugs(app, unknown):
    for rule in app.url_map.iter_rules():
        values = {name: value_of(rule, name) for name in rule.arguments if name not in (rule.defaults or {})} | unknown

        ours, theirs = (
            mapped(kind, rule).bind("a.example").build("one", values, next(iter(rule.methods)))
            for kind in (LateRule, Rule)
        )

        assert ours == theirs, rule.rule


def test_given_a_value_that_is_missing_when_built_then_it_is_refused_as_ever():
    rules = mapped(LateRule, Rule("/a/<int:rule>")).bind("a.example")

    with pytest.raises(BuildError):
        rules.build("one", {})
    assert rules.build("one", {"rule": 3}) == "/a/3"
    assert rules.build("one", {"rule": 4}) == "/a/4"


def test_given_a_converter_that_does_not_exist_when_the_rule_is_added_then_the_start_fails():
    with pytest.raises(LookupError):
        mapped(LateRule, Rule("/a/<nosuch:b>"))


def test_given_a_program_just_started_when_looked_at_then_no_builder_was_made(app):
    rule = next(iter(app.url_map.iter_rules("log.show")))

    assert rule._build.__name__ == "first"
    app.url_map.bind("a.example").build("log.show", {})
    assert rule._build_unknown.__name__ != "first"
