"""Health for operators and probes."""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text

from app.db import db
from app.refusals import Unavailable
from app.web.guards import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> tuple[Response, int]:
    """200 when the database answers and the photo store is writable, else 503."""
    try:
        db.session.execute(text("SELECT 1"))
        database = True
    except Exception:  # noqa: BLE001  every fault of the driver means the same here
        database = False
    try:
        current_app.extensions["photo_store"].probe()
        photos = True
    except Unavailable:
        photos = False
    ok = database and photos
    return jsonify(ok=ok, database=database, photos=photos), 200 if ok else 503
