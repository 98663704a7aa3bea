"""Addresses of static files by content hash, and the sheets that worker and public pages carry inside."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, current_app
from markupsafe import Markup
from whitenoise import WhiteNoise

# Inlined, so that the first flight carries it all: phone, public and sign-in pages share one sheet, desk pages two.
_DESK = ("css/tokens.css", "css/base.css", "css/ui.css")
INLINE_SHEETS = {
    "work": ("css/tokens.css", "css/base.css", "css/work.css"),
    # Comes beside "work" on the pages of visitors.
    "public": ("css/public.css",),
    "desk": _DESK,
    "log": (*_DESK, "css/log.css"),
    "board": (*_DESK, "css/log.css", "css/board.css"),
}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{}:;,>])\s*|\s+")


def install(app: Flask) -> None:
    """Serve static files under a prefix that carries the hash of them all, immutable; relative imports keep working."""
    root = Path(app.static_folder or "")
    prefix = f"static/v-{_tree_hash(root)}"
    app.extensions["assets"] = {
        "prefix": prefix,
        "sheets": {name: _sheet(root, parts) for name, parts in INLINE_SHEETS.items()},
    }
    noise = WhiteNoise(
        app.wsgi_app,
        allow_all_origins=False,
        max_age=60,
        immutable_file_test=lambda _path, url: url.startswith("/static/v-"),
        add_headers_function=_safe_headers,
    )
    if root.is_dir():
        noise.add_files(str(root), prefix=prefix)
        noise.add_files(str(root), prefix="static/")
    app.wsgi_app = noise  # type: ignore[method-assign]
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["inline_css"] = inline_css


def _safe_headers(headers: Headers, _path: str, _url: str) -> None:
    """These answers never reach the application, which adds its own headers to all others."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def asset(name: str) -> str:
    """The address of a static file, such as `js/work.js`."""
    return f"/{current_app.extensions['assets']['prefix']}/{name}"


def inline_css(name: str) -> Markup:
    """The whole sheet of a page kind as one style element."""
    return Markup("<style>{}</style>").format(Markup(current_app.extensions["assets"]["sheets"][name]))  # noqa: S704


def inline_style_hashes(app: Flask) -> list[str]:
    """`sha256-…` of every inlined sheet, for the content security policy."""
    return [
        "sha256-" + b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        for sheet in app.extensions["assets"]["sheets"].values()
    ]


def _tree_hash(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _sheet(root: Path, parts: tuple[str, ...]) -> str:
    text = "\n".join((root / part).read_text("utf-8") for part in parts if (root / part).exists())
    return _SPACE.sub(lambda match: match.group(1) or " ", _COMMENT.sub("", text)).strip()
