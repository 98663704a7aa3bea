"""Fragments that many requests share are rendered once.

`{% call remembered(key) %}…{% endcall %}`; the key must name everything that the fragment shows but the language, which
is added here. What differs from request to request goes into holes: `{% call(hole) remembered(key, {"id": id}) %}`
shows it as `{{ hole.id }}`, and it is put in anew each time.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

from flask import Flask
from markupsafe import Markup, escape

from app.web.languages import chosen

MOST_FRAGMENTS = 256
# Nobody can guess it, so no text of a page can be taken for a hole.
_MARK = secrets.token_hex(8)
_HOLE = re.compile(f"\ue000{_MARK}(\\w+)\ue001")


class Remembered:
    """The newest fragments of this process; an older one gives way."""

    def __init__(self, most: int = MOST_FRAGMENTS) -> None:
        self.most = most
        self.kept: OrderedDict[tuple[str, str], list[str]] = OrderedDict()
        self.lock = Lock()

    def __call__(self, key: str, holes: Mapping[str, object] | None = None, *, caller: Callable[..., str]) -> Markup:
        if holes is None:
            return Markup(self.text(key, lambda: str(caller())))  # noqa: S704
        marks = {name: Markup(f"\ue000{_MARK}{name}\ue001") for name in holes}  # noqa: S704
        # Text and names of holes in turn.
        parts = list(self._parts(key, lambda: str(caller(marks))))
        parts[1::2] = [str(escape(holes[name])) for name in parts[1::2]]
        return Markup("".join(parts))  # noqa: S704

    def text(self, key: str, make: Callable[[], str]) -> str:
        """The same for text that is made without a template."""
        return self._parts(key, make)[0]

    def _parts(self, key: str, make: Callable[[], str]) -> list[str]:
        whole = (chosen(), key)
        with self.lock:
            if whole in self.kept:
                self.kept.move_to_end(whole)
                return self.kept[whole]
        made = _HOLE.split(make())
        with self.lock:
            self.kept[whole] = made
            if len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return made


def install(app: Flask) -> None:
    """Give templates `remembered`; each application remembers for itself."""
    app.jinja_env.globals["remembered"] = app.extensions["remembered"] = Remembered()
