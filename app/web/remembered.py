"""Fragments that many requests share are rendered once: `{% call remembered(key) %}…{% endcall %}`.

The key must name everything that the fragment shows but the language, which is added here.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import Flask
from markupsafe import Markup

from app.web.languages import chosen

MOST_FRAGMENTS = 128


class Remembered:
    """The newest fragments of this process; an older one gives way."""

    def __init__(self, most: int = MOST_FRAGMENTS) -> None:
        self.most = most
        self.kept: OrderedDict[tuple[str, str], Markup] = OrderedDict()
        self.lock = Lock()

    def __call__(self, key: str, caller: Callable[[], Markup]) -> Markup:
        whole = (chosen(), key)
        with self.lock:
            if whole in self.kept:
                self.kept.move_to_end(whole)
                return self.kept[whole]
        made = caller()
        with self.lock:
            self.kept[whole] = made
            if len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return made


def install(app: Flask) -> None:
    """Give templates `remembered`; each application remembers for itself."""
    app.jinja_env.globals["remembered"] = Remembered()
