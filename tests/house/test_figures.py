"""docs/figures.md leads from each rule of the figures to its function, page and test, and all of them are there."""

import ast
import re
from pathlib import Path

import pytest
from werkzeug.routing import RequestRedirect

from tests.support.house import ROOT

TABLE = ROOT / "docs/figures.md"
RULES = ["MT-1", "MT-2", "MT-3", "MT-3a", "MT-4", *(f"MT-{n}" for n in (*range(10, 26), *range(30, 37)))]
LINE = re.compile(r"\| (MT-\w+) \| [^|]+ \| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|")


def lines(text):
    """(rule, function, page, test) of each row."""
    return LINE.findall(text)


def text_of(root, place):
    """The docstring behind path:name or path:Class.name; None when nothing stands there."""
    path, _, name = place.partition(":")
    if not (root / path).is_file():
        return None
    node = ast.parse((root / path).read_text("utf-8"))
    for part in name.split("."):
        kinds = (ast.FunctionDef, ast.ClassDef)
        node = next((each for each in node.body if isinstance(each, kinds) and each.name == part), None)
        if node is None:
            return None
    return ast.get_docstring(node) or ""


def faults(root: Path, text: str) -> list[str]:
    found = []
    for rule, function, _page, test in lines(text):
        said = text_of(root, function)
        if said is None:
            found.append(f"{rule}: there is no {function}")
        elif not re.search(rf"{rule}(?![\w])", _spelt(said)):
            found.append(f"{rule}: {function} does not name it")
        if text_of(root, test.replace("::", ":")) is None:
            found.append(f"{rule}: there is no {test}")
    return found


def _spelt(said: str) -> str:
    """With each number of a span: MT-31 to MT-33 names MT-32 too."""
    spans = re.findall(r"MT-(\d+) to MT-(\d+)", said)
    return said + "".join(f" MT-{n}" for first, last in spans for n in range(int(first), int(last) + 1))


def test_given_the_table_when_read_then_each_rule_stands_there_once():
    assert [rule for rule, *_others in lines(TABLE.read_text("utf-8"))] == RULES


def test_given_the_table_when_followed_then_each_function_names_its_rule_and_each_test_is_there():
    assert not (found := faults(ROOT, TABLE.read_text("utf-8"))), "\n".join(found)


def test_given_the_table_when_pages_are_asked_for_then_each_is_a_page(app):
    adapter = app.url_map.bind("site")
    for rule, _function, page, _test in lines(TABLE.read_text("utf-8")):
        try:
            adapter.match(page, method="GET")
        except RequestRedirect:
            pytest.fail(f"{rule}: {page} leads elsewhere")


def test_given_planted_faults_when_read_then_each_is_named(tmp_path):
    (tmp_path / "a.py").write_text('def f():\n    """MT-10 only."""\n', "utf-8")
    row = "| MT-{} | w | `a.py:{}` | `/` | `a.py::{}` |\n"

    text = row.format("10", "f", "f") + row.format("1", "f", "f") + row.format("2", "g", "h")

    assert len(faults(tmp_path, text)) == 3
