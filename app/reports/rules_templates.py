"""Word templates from outside: what the file may hold and what its tags may do; everything else is refused.

A template is a program in disguise. It reads the fields of its form, repeats over them and chooses; it calls nothing,
computes nothing, reaches into nothing, and asks for nothing from outside the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from app.refusals import Invalid, TooLarge
from app.web.words import lazy

MOST_BYTES = 2_000_000
MOST_UNPACKED_BYTES = 20_000_000
MOST_PARTS = 200
MOST_LOOPS = 2
DOCUMENT = "word/document.xml"
# Macros, objects of other programs, and pages that the file would fetch.
BARRED_PARTS = re.compile(
    r"vbaProject|vbaData|/embeddings/|/activeX/|/ctrlProps/|afchunk|customUI|\.bin$", re.IGNORECASE
)
FETCHING = re.compile(rb"\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE)\b")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
XML_PARTS = (".xml", ".rels")
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Test,
    nodes.Filter,
)  # fmt: skip
FILTERS = ("default", "d", "e", "escape", "length", "count", "first", "last", "upper", "lower", "trim")
TESTS = ("defined", "none")
LOOP_KEYS = ("index", "index0", "first", "last", "length")
NOT_WORD = lazy("This is not a Word file (.docx). Save the template in Word as a document and send it again.")
HARMFUL = lazy("This file holds macros, objects or links to outside. Save it without them and send it again.")


class FormEnvironment(ImmutableSandboxedEnvironment):
    """Renders templates of forms: no globals, few filters, and every template is looked through before it runs."""

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        _look_through(parsed)
        return parsed


def names_in(environment: FormEnvironment, sources: Collection[str]) -> set[str]:
    """What the tags of these texts name; raises Invalid for a tag that is broken or not allowed."""
    found: set[str] = set()
    for source in sources:
        try:
            found |= find_undeclared_variables(environment.parse(source))
        except TemplateSyntaxError as wrong:
            sentence = lazy("A tag of the template is broken: %(why)s", why=str(wrong.message)[:120])
            raise Invalid(sentence, fields={"template": sentence}) from wrong
    return found


def check_package(body: bytes) -> None:
    """Raises TooLarge or Invalid with a sentence; nothing is unpacked beyond the limits."""
    if len(body) > MOST_BYTES:
        raise TooLarge(lazy("The template is too large; at most %(n)d MB.", n=MOST_BYTES // 1_000_000))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            _check_parts(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as broken:
        raise _refused(NOT_WORD) from broken


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise TooLarge(lazy("The template unpacks to far too much. Make a new one in Word."))
    if DOCUMENT not in {part.filename for part in parts}:
        raise _refused(NOT_WORD)
    left = MOST_UNPACKED_BYTES
    for part in parts:
        if BARRED_PARTS.search(part.filename):
            raise _refused(HARMFUL)
        content = _unpacked(package, part, left)
        left -= len(content)
        if part.filename.endswith(XML_PARTS):
            _check_xml(part.filename, content)


def _check_xml(name: str, content: bytes) -> None:
    if DECLARATION.search(content) or b"\x00" in content:
        raise _refused(NOT_WORD)
    if FETCHING.search(content):
        raise _refused(HARMFUL)
    if name.endswith(".rels"):
        try:
            links = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as broken:
            raise _refused(NOT_WORD) from broken
        if any((link.get("TargetMode") or "").lower() == "external" for link in links.iter()):
            raise _refused(HARMFUL)


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> bytes:
    """The size that a part claims is not believed."""
    with package.open(part) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise TooLarge(lazy("The template unpacks to far too much. Make a new one in Word."))
    return content


def _look_through(parsed: nodes.Template) -> None:
    for node, loops in _walk(parsed, 0):
        barred = not isinstance(node, ALLOWED)
        barred = barred or (isinstance(node, nodes.Getattr) and node.attr.startswith("_"))
        barred = barred or (isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const))
        barred = barred or (isinstance(node, nodes.Filter) and node.name not in FILTERS)
        barred = barred or (isinstance(node, nodes.Test) and node.name not in TESTS)
        if barred or loops > MOST_LOOPS:
            sentence = lazy("The template holds a tag that is not allowed: fields, loops and conditions are.")
            raise Invalid(sentence, fields={"template": sentence})


def _walk(node: nodes.Node, loops: int) -> Iterator[tuple[nodes.Node, int]]:
    inside = loops + isinstance(node, nodes.For)
    yield node, inside
    for child in node.iter_child_nodes():
        yield from _walk(child, inside)


def _refused(sentence: object) -> Invalid:
    return Invalid(sentence, fields={"template": sentence})
