"""Given the plain values of Python, when SQLite takes them, then as what they are."""

from contextlib import closing
from enum import StrEnum
from sqlite3 import connect

import pytest

import app.db_engine  # noqa: F401  tells the driver of the values


class Word(StrEnum):
    ONE = "one"


@pytest.mark.parametrize(
    ("given", "kind", "found"),
    [
        (None, "null", None), (True, "integer", 1), (False, "integer", 0), (7, "integer", 7), (7.5, "real", 7.5),
        ("字", "text", "字"), ("", "text", ""), (b"\x00\xff", "blob", b"\x00\xff"), (b"", "blob", b""),
        (Word.ONE, "text", "one"), (memoryview(b"ab"), "blob", b"ab"), (bytearray(b"ab"), "blob", b"ab"),
    ],
)  # fmt: skip
def test_given_a_value_when_bound_then_it_comes_back_as_it_was(given, kind, found):
    with closing(connect(":memory:")) as link:
        assert link.execute("SELECT typeof(?1), ?1", (given,)).fetchall() == [(kind, found)]
