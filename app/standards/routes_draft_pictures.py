"""A reference picture for a step of a draft, from the officer's disk or phone."""

from uuid import UUID

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.photos.actions import keep
from app.photos.rules import Upload, Verdict, refusal
from app.standards.actions_draft_pictures import name_picture, show_picture
from app.standards.routes_draft_shown import done, writable
from app.standards.rules_editing import part_of
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _

bp = Blueprint("standards_draft_pictures", __name__, url_prefix="/standards/projects/<uuid:project_id>/draft")


@bp.post("/steps/<step_id>/picture")
@guarded(Role.STANDARDS, Role.SUPERVISOR)
def put(project_id: UUID, step_id: str) -> ResponseReturnValue:
    project, draft = writable(project_id)
    part_of(draft.document, "step", step_id)
    who, now, settings = person(), clock.now(), current_app.extensions["settings"]
    if "out" in request.form:
        revision = atomically(lambda: name_picture(project, step_id, None, who, now))
        return done(project_id, revision, "step", step_id, _("Taken out."))
    given = request.files.get("picture")
    if given is None:
        raise refusal(Verdict.EMPTY)
    store = current_app.extensions["photo_store"]
    upload = Upload(made_id(request.form), given.stream.read(), who.id, given.mimetype)
    day = clock.today(settings.zone)
    kept, _new = keep(store, upload, max_bytes=settings.max_photo_bytes, now=now, day=day)
    revision = atomically(lambda: show_picture(project, step_id, kept, store, who, now))
    return done(project_id, revision, "step", step_id, _("The picture is kept."))
