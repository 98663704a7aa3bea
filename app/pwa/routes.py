"""The installable app: service worker, manifest, the page without a network, and the mark that own answers carry."""

import json
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.pwa.rules import fetched_later, tag_of
from app.web.asked import asked
from app.web.assets import asset
from app.web.current import maybe_person
from app.web.guards import public
from app.web.joined import JOINED, join
from app.web.languages import chosen
from app.web.words import _

bp = Blueprint("pwa", __name__)
MARK, ASKS_FOR_POCKET = "X-Dabiao", "HTTP_X_POCKET"
NOBODY = "-"
WORKER = ("address", "person", "store", "draft", "nonces", "send", "deliver", "outbox", "sw")
SHELLS = ("app", "offline", "work")
PARTS = tuple({module for modules in JOINED.values() for module in modules})
# The worker is asked for anew at most hourly; a page of a newer version asks at once (js/app.js).
WORKER_SECONDS = 3600


@bp.after_app_request
def mark(response: Response) -> Response:
    """Say whose page this is, so that phones keep own answers only; spare them a page that they have."""
    someone = maybe_person()
    response.headers.add(MARK, someone.id if someone else NOBODY)
    if ASKS_FOR_POCKET in asked().environ and response.status_code == 200 and response.mimetype == "text/html":
        response.set_etag(tag_of(response.get_data()), weak=True)
        response.make_conditional(request)
    return response


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    # Every phone asks for it again and again; the files behind it change with the version only.
    script = current_app.extensions["remembered"].text("sw.js", _worker_script)
    response = Response(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = f"max-age={WORKER_SECONDS}"
    response.headers["Service-Worker-Allowed"] = "/"
    response.add_etag()
    return response.make_conditional(request)


def _worker_script() -> str:
    scripts = {path.stem: path.read_text("utf-8") for path in _scripts().glob("*.js")}
    # What a page names in its text is kept with the page (js/pocket.js); what scripts ask for on demand stands here.
    named = [*(f"js/{page}.joined.js" for page in SHELLS), "icons.svg", *fetched_later(scripts, PARTS)]
    given = {"FOLDER": asset("").rstrip("/"), "FILES": [asset(name) for name in named]}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    return head + join({name: scripts[name] for name in WORKER})


def _scripts() -> Path:
    return Path(current_app.static_folder or "") / "js"


@bp.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    response = Response(json.dumps(_manifest(), ensure_ascii=False), mimetype="application/manifest+json")
    response.add_etag()
    return response.make_conditional(request)


def _manifest() -> dict[str, object]:
    return {
        "id": "/",
        "name": _("Dabiao"),
        "short_name": _("Dabiao"),
        "description": _("Service standards on the spot: scan, do, done."),
        "lang": "zh-CN" if chosen().startswith("zh") else "en",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f5f1",
        "theme_color": "#f6f5f1",
        "icons": [
            {"src": asset(f"icons/{name}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
            for name, use in (("icon", "any"), ("maskable", "maskable"))
            for size in (192, 512)
        ],
        "shortcuts": [
            {"name": name, "url": url, "icons": [{"src": asset("icons/icon-192.png"), "sizes": "192x192"}]}
            for name, url in ((_("Scan a label"), "/p"), (_("My tasks"), "/"))
        ],
    }


@bp.get("/offline")
@public
def offline() -> ResponseReturnValue:
    return render_template("pwa/offline.html")
