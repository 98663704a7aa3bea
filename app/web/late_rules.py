"""Addresses whose builders are made when one is first built: most of a start went into the five hundred never asked."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule of Werkzeug's; parsing and matching are untouched, so that a bad rule still fails at the start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        """What Werkzeug keeps as the builder: makes the real one at the first call and takes its place."""
        make = super()._compile_builder

        def first(rule: LateRule, /, **values: object) -> tuple[str, str]:
            made = make(append_unknown).__get__(rule, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", made)
            return made(**values)

        return first
