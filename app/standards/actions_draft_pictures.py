"""The reference picture of a step of a draft: kept like any photo, named by the step."""

from datetime import datetime

from app.photos.actions import sync
from app.photos.queries import uses_of
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check
from app.standards.actions_drafts import Deed, change_document
from app.standards.rules_editing import part_of, with_part
from app.standards.rules_phases import Project
from app.web.current import CurrentPerson


def show_picture(
    project: Project, step_id: str, kept: KeptPhoto, store: PhotoStore, who: CurrentPerson, now: datetime
) -> int:
    """The step shows this picture; every signed-in person may look at it. Gives the new revision."""
    if not uses_of([kept.id]):
        owner = PhotoOwner(
            check_id=kept.id,
            person_id=who.id,
            point_id="",
            standard_code=project.code,
            implementer_id=project.responsible_id,
            responsible_id=project.responsible_id,
        )
        rows_for_check([PhotoUse(kept, Part.REFERENCE, step_id)], owner, at=now)
        sync(store, [kept])
    return name_picture(project, step_id, kept.sha256, who, now)


def name_picture(project: Project, step_id: str, sha256: str | None, who: CurrentPerson, now: datetime) -> int:
    """The picture that the step names from now on; None takes it out, the picture itself stays kept."""
    return change_document(
        project.id,
        Deed("picture", step_id),
        lambda text: with_part(text, "step", step_id, {**part_of(text, "step", step_id), "reference_photo": sha256}),
        who,
        now,
    )
