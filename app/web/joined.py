"""Small modules joined into one file a page, so that a first visit stays within its requests; no build step.

Each module becomes the body of a function: names stay private, `import` becomes a reading of what the other gave.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, request

from app.web.guards import public

# Page script -> its modules, a module behind those that it imports.
JOINED = {
    "work": (
        "conditions",
        "store",
        "draft",
        "due",
        "keypad",
        "nonces",
        "send",
        "deliver",
        "outbox",
        "room",
        "frozen",
        "picture",
        "live",
        "photos",
        "answers",
        "sign",
        "joy",
        "sender",
        "player",
        "voice",
        "mode",
        "work",
    ),
    "outbox_page": ("due", "store", "draft", "nonces", "send", "deliver", "outbox", "room", "wifi", "outbox_page"),
    "scanner": (
        "conditions",
        "store",
        "draft",
        "nonces",
        "send",
        "deliver",
        "outbox",
        "decode",
        "label",
        "stream",
        "together",
        "stickers",
        "joy",
        "refusal",
        "patrol",
        "viewfinder",
        "scanner",
    ),
    "day": ("address", "due", "store", "day"),
    "app": ("person", "store", "app"),
    "offline": ("address", "due", "person", "store", "offline"),
}
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|class) (\w+)", re.MULTILINE)
_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Serve `js/<page>.joined.js` beside the other static files; call after the assets are installed."""
    root = Path(app.static_folder or "") / "js"
    prefix = app.extensions["assets"]["prefix"]
    bp = Blueprint("joined", __name__)
    for page, modules in JOINED.items():
        text = join(
            {name: (root / f"{name}.js").read_text("utf-8") for name in modules if (root / f"{name}.js").exists()}
        )
        bp.add_url_rule(f"/{prefix}/js/{page}.joined.js", page, _view(text))
    app.register_blueprint(bp)


def join(modules: dict[str, str]) -> str:
    """One script out of modules in dependency order."""
    return "\n".join(_wrapped(name, text) for name, text in modules.items())


def _wrapped(name: str, text: str) -> str:
    given = [match[2] for match in _EXPORT.finditer(text)]
    body = _IMPORT.sub(r"const \1 = module_\2;", _EXPORT.sub(r"\1 \2", _COMMENT.sub("", text)))
    return f"const module_{name} = (() => {{\n{body}return {{ {', '.join(given)} }};\n}})();"


def _view(text: str) -> Callable[[], Response]:
    @cache
    def packed() -> bytes:
        # Once for all visitors, so as small as it gets: an eighth smaller than what is packed while somebody waits.
        return brotli.compress(text.encode(), mode=brotli.MODE_TEXT, quality=11)

    @public
    def script() -> Response:
        small = request.accept_encodings["br"] > 0
        response = Response(packed() if small else text, mimetype="text/javascript")
        if small:
            response.headers["Content-Encoding"] = "br"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        response.add_etag()
        return response

    return script
