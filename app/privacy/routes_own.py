"""What is kept about oneself: to see, and to take along."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from app import clock
from app.audit.actions import note
from app.audit.queries import lines_of
from app.db import atomically
from app.privacy.queries_own import answers_of, counts, crew_named, parts, rows_of_part
from app.privacy.rules_archive import zipped
from app.privacy.rules_own import COUNTED
from app.web.current import CurrentPerson, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("own_data", __name__, url_prefix="/me")
LINES = 20


@bp.get("/data")
@guarded(external=True)
def index() -> ResponseReturnValue:
    me = person()
    crew, found = crew_named(me.crew_id), lines_of(me.id, LINES)
    return render_template("privacy/own.html", me=me, crew=crew, counts=counts(me.id), words=COUNTED, lines=found)


@bp.get("/data.zip")
@guarded(external=True)
def file() -> ResponseReturnValue:
    """Everything, streamed: one JSON line a row."""
    me, address = person(), request.remote_addr or ""
    number = atomically(lambda: note("export.own", by_id=me.id, about=me.id, address=address))
    at = clock.now().astimezone(current_app.extensions["settings"].zone)
    readme = _(
        "Export no. %(number)d · %(name)s (%(id)s) · %(at)s\n\nOne file for each kind of row, one JSON line a row. "
        "Photos are listed by their SHA-256; each can be opened at /photos/<sha256>. "
        "Passwords, PINs and keys are not in it.\n",
        number=number,
        name=me.name,
        id=me.id,
        at=f"{at:%Y-%m-%d %H:%M}",
    )
    answer = Response(stream_with_context(zipped(readme, _parts(me))), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data-{at:%Y%m%d}.zip"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _parts(me: CurrentPerson) -> Iterator[tuple[str, Iterator[Mapping[str, Any]]]]:
    for part in parts():
        yield part.table, rows_of_part(part, me.id)
    yield "answers", answers_of(me.id)
