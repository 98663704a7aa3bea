"""Formulas of number steps: + - * /, brackets, max, min, names; read by hand, never by eval; run on the phone too."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)|(?P<sign>[-+*/(),]))"
)
FUNCTIONS = {"max": max, "min": min}
MAX_LENGTH = 300
MAX_BRACKETS = 20


class FormulaError(ValueError):
    """The formula cannot be read, a name is missing or no number, or the result is not finite (division by zero)."""


def evaluate(formula: str, values: Mapping[str, Any]) -> float:
    """The value of `formula` where names stand for `values`, rounded to six decimals so that both doors agree."""
    reader = _Reader(_tokens(formula), values)
    result = reader.sum()
    if not reader.done() or not math.isfinite(result):
        raise FormulaError(formula)
    return round(result, 6)


def names_in(formula: str) -> set[str]:
    return {text for kind, text in _tokens(formula) if kind == "name" and text not in FUNCTIONS}


def _tokens(formula: str) -> list[tuple[str, str]]:
    if len(formula) > MAX_LENGTH or formula.count("(") > MAX_BRACKETS:
        raise FormulaError(formula)
    return list(_scan(formula.rstrip()))


def _scan(formula: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(formula):
        found = TOKEN.match(formula, at)
        if not found:
            raise FormulaError(formula)
        kind = str(found.lastgroup)
        yield kind, found[kind]
        at = found.end()


class _Reader:
    """A descent by precedence: sum, product, signed, atom."""

    def __init__(self, tokens: list[tuple[str, str]], values: Mapping[str, Any]) -> None:
        self.tokens, self.values, self.at = tokens, values, 0

    def done(self) -> bool:
        return self.at == len(self.tokens)

    def sum(self) -> float:
        total = self.product()
        while sign := self._take("+", "-"):
            total = total + self.product() if sign == "+" else total - self.product()
        return total

    def product(self) -> float:
        total = self.signed()
        while sign := self._take("*", "/"):
            other = self.signed()
            if sign == "/" and other == 0:
                raise FormulaError("division by zero")
            total = total * other if sign == "*" else total / other
        return total

    def signed(self) -> float:
        return -self.signed() if self._take("-") else self.atom()

    def atom(self) -> float:
        if self.done():
            raise FormulaError("ends too early")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(text)
        if kind == "name":
            return self._call(text) if text in FUNCTIONS else self._value(text)
        if text != "(":
            raise FormulaError(text)
        inner = self.sum()
        self._need(")")
        return inner

    def _call(self, name: str) -> float:
        self._need("(")
        arguments = [self.sum()]
        while self._take(","):
            arguments.append(self.sum())
        self._need(")")
        return FUNCTIONS[name](arguments)

    def _value(self, name: str) -> float:
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FormulaError(name)
        return float(value)

    def _take(self, *signs: str) -> str | None:
        if not self.done() and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise FormulaError(sign)
