"""A look on site with its pictures: the same door as every second opinion, in one transaction with the photo rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from app.photos.actions import sync
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check, share
from app.spotchecks.actions_reviews import keep_review
from app.spotchecks.queries_reviews import find_review
from app.spotchecks.rules_opinions import Kept, NewReview
from app.web.current import CurrentPerson


def keep_onsite(
    new: NewReview,
    photos: Mapping[str, Sequence[KeptPhoto]],
    who: CurrentPerson,
    now: datetime,
    zone: tzinfo,
    store: PhotoStore,
) -> Kept:
    """Keep the opinion, then the pictures that show it; whose work it is may look at them too."""
    repeated = find_review(new.id) is not None
    named = {step: tuple(each.sha256 for each in taken) for step, taken in photos.items()}
    kept = keep_review(replace(new, photos=named), who, now, zone)
    review = None if repeated else find_review(kept.id)
    if review is None:
        return kept
    owner = PhotoOwner(
        review.id, who.id, review.point_id, review.standard_code, review.implementer_id, review.responsible_id
    )
    uses = [PhotoUse(each, Part.FINDING, step) for step, taken in photos.items() for each in taken]
    rows_for_check(uses, owner, at=now)
    share((use.kept.sha256 for use in uses), review.implementer_id)
    sync(store, [use.kept for use in uses])
    return kept
