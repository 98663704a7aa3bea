"""Finds the sentences of the interface: those that go through the catalogue and those that were left bare."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.support.house import modules

CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")
# Blocks that fill an attribute, then statements and comments, then values; a value may also be the name of an element.
SILENT = re.compile(r"\{% *block (?:body_class|html_class) *%\}.*?\{% *endblock *%\}|\{#.*?#\}|\{%.*?%\}", re.DOTALL)
ELEMENT = re.compile(r"(</?)\{\{.*?\}\}", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
KEYWORDS = {"_": None, "gettext": None, "lazy": None, "lazy_gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
SPOKEN = ("title", "alt", "placeholder", "aria-label", "aria-description", "content", "label", "summary")


def messages(root: Path) -> set[str | tuple[str, ...]]:
    """Every msgid in Python and templates under root/app."""
    return {found[2] for found in extract_from_dir(root / "app", METHODS, keywords=KEYWORDS, options_map={})}


def catalogue(root: Path, locale: str) -> Catalog:
    with (root / f"app/translations/{locale}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=locale)


class _Bare(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag, attrs):
        self._quiet += tag in ("script", "style", "code", "kbd")
        given = dict(attrs)
        if tag == "meta" and given.get("name") != "description":
            return
        spoken = [given.get(name) or "" for name in SPOKEN]
        if tag == "input" and given.get("type") in ("submit", "button"):
            spoken.append(given.get("value") or "")
        self.found += [text for text in spoken if WORD.search(text)]

    def handle_endtag(self, tag):
        self._quiet -= tag in ("script", "style", "code", "kbd")

    def handle_data(self, data):
        # A macro that makes attributes has them as its text.
        words = ATTRIBUTE.sub("", data)
        if not self._quiet and WORD.search(words):
            self.found.append(" ".join(words.split()))


def bare_in_template(text: str) -> list[str]:
    """Words a reader would see that do not come from the catalogue or from data."""
    parser = _Bare()
    parser.feed(VALUE.sub("0", ELEMENT.sub(r"\1x", SILENT.sub("", text))))
    inside = (tag for pattern in (SILENT, VALUE) for tag in pattern.findall(text) if not tag.startswith("{#"))
    return parser.found + [tag for tag in inside if CHINESE.search(tag)]


def bare_in_templates(root: Path, spared: set[str]) -> list[str]:
    folder = root / "app/templates"
    return [
        f"{path.relative_to(root)}: {text!r}"
        for path in sorted(folder.rglob("*.html"))
        for text in bare_in_template(path.read_text("utf-8"))
        if text.strip("0 ·:：,，()（）/") not in spared
    ]


def bare_refusals(root: Path, refusals: set[str]) -> list[str]:
    """Refusals and flashed messages whose sentence is a bare literal."""
    found = []
    for module in modules(root, "app"):
        for name, call in module.calls():
            if name.split(".")[-1] in refusals | {"flash"}:
                given = [*call.args[:1], *(word.value for word in call.keywords if word.arg in ("sentence", "fields"))]
                found += [f"{module.place}:{call.lineno} {name}" for value in given if _is_bare(value)]
    return found


def _is_bare(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict):
        return any(_is_bare(item) for item in value.values)
    if isinstance(value, ast.JoinedStr):
        return True
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and bool(WORD.search(value.value))


def chinese_in_code(root: Path, spared: tuple[str, ...], words: frozenset[str] = frozenset()) -> list[str]:
    """Chinese literals in Python outside docstrings: a sentence there would not be English in the English interface."""
    found = []
    for module in modules(root, "app"):
        if module.place.startswith(spared):
            continue
        documented = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(module.tree):
            chinese = isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
            if chinese and id(node) not in documented and node.value not in words:
                found.append(f"{module.place}:{node.lineno} {node.value[:40]!r}")
    return found


def chinese_in_scripts(root: Path) -> list[str]:
    """Own scripts take their sentences from the page's JSON, never from themselves."""
    found = []
    for path in sorted((root / "app/static").rglob("*.js")):
        if "vendor" in path.parts:
            continue
        text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
        found += [
            f"{path.relative_to(root)}: {line.strip()[:60]}" for line in text.splitlines() if CHINESE.search(line)
        ]
    return found
