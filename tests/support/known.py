"""What each application of a test would work out anew from the same files and addresses, worked out once a process.

Nothing here knows a test or changes an answer: the libraries do their work at the first application of a process, and
later ones take what came out. It is a third of the time of the whole suite.
"""

from functools import cache
from tempfile import TemporaryDirectory
from typing import ClassVar

from jinja2 import FileSystemBytecodeCache
from sqlalchemy.util import LRUCache
from whitenoise import WhiteNoise

from app.web import assets, joined
from app.web.application import Application
from app.web.late_rules import LateRule

# What Jinja makes of the text of a template.
COMPILED = TemporaryDirectory(prefix="dabiao-templates-")


class KnownRule(LateRule):
    """A rule that was parsed before is not parsed again."""

    _parsed: ClassVar[dict[str, tuple]] = {}

    def compile(self) -> None:
        key = f"{self.subdomain}|{self.merge_slashes}|{self.rule}"
        known = self._parsed.get(key)
        if known is None or self.defaults:
            super().compile()
            self._parsed[key] = self._parts, self._trace, self._converters, set(self.arguments)
            return
        self._parts, self._trace, self._converters, arguments = known
        self.arguments |= arguments
        self._build = self._compile_builder(False).__get__(self, None)
        self._build_unknown = self._compile_builder(True).__get__(self, None)


def install() -> None:
    """For all applications that are made from now on in this process."""
    Application.jinja_options = {**Application.jinja_options, "bytecode_cache": FileSystemBytecodeCache(COMPILED.name)}
    Application.url_rule_class = KnownRule
    WhiteNoise.update_files_dictionary = _files_of
    assets._tree_hash, assets._sheet = cache(assets._tree_hash), cache(assets._sheet)
    joined._wrapped = cache(joined._wrapped)


class Statements(LRUCache):
    """Statements as compiled for another engine of the same kind; each application has an engine of its own."""

    def get(self, key, default=None):
        return super().get(_of_kind(key), default)

    def __setitem__(self, key, compiled) -> None:
        super().__setitem__(_of_kind(key), compiled)


def _of_kind(key: tuple) -> tuple:
    dialect, *rest = key
    return dialect.name, *rest


STATEMENTS = Statements(5_000)
_read, _files = WhiteNoise.update_files_dictionary, {}


def _files_of(noise: WhiteNoise, root: str, prefix: str) -> None:
    """As the library, which looks at each file and words its headers."""
    if (root, prefix) not in _files:
        own, noise.files = noise.files, {}
        _read(noise, root, prefix)
        _files[root, prefix], noise.files = noise.files, own
    noise.files.update(_files[root, prefix])
