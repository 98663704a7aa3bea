"""What several addresses of inspections answer with: the page of one, the page of an item, refused forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.inspections import queries
from app.inspections.queries_records import outcomes_of
from app.inspections.rules import State, may_announce, may_inspect, may_run, may_sign_for_unit
from app.inspections.rules_items import Clash, Conclusion, ItemView, Said
from app.refusals import Invalid
from app.web.current import Role, person
from app.web.words import _

NO_ERRORS: Mapping[str, object] = {}


def zone() -> ZoneInfo:
    """Of the site."""
    found: ZoneInfo = current_app.extensions["settings"].zone
    return found


def tried(work: Callable[[], object]) -> Mapping[str, object]:
    """Do it in one transaction; gives back the sentences of a form that is refused, none when it is done."""
    try:
        atomically(work)
    except Invalid as refusal:
        return refusal.fields or {"form": refusal.sentence}
    return NO_ERRORS


def inspection_page(inspection_id: UUID, errors: Mapping[str, object] = NO_ERRORS, typed: object = None) -> str:
    """One inspection with what this person can do next; `typed` brings back a refused form."""
    me = person()
    head = queries.head_for(str(inspection_id), me)
    items = queries.items_of(head.id)
    deeds = {
        "inspect": may_inspect(me, head.subject),
        "run": may_run(me, head.subject),
        "sign_for_unit": may_sign_for_unit(me, head.subject),
        "announce": may_announce(me),
        "invite": me.role is Role.STANDARDS and not me.external,
    }
    return render_template(
        "inspections/show.html",
        head=head, items=items, may=deeds, errors=errors, typed=typed or {}, tally=queries.tally(items),
        evidence=queries.evidence_of(head.id), links=queries.links_of(head.id), digest=head.digest(items),
        signatures=queries.signatures_of(head.id), events=queries.events_of(head.id),
        outcomes=outcomes_of([head.id]).get(head.id, []), next_item=_next(items),
        signed_by_me={each.side for each in queries.signatures_of(head.id) if each.person_id == me.id},
        today=clock.today(zone()),
    )  # fmt: skip


def _next(items: list[ItemView]) -> int:
    """The first item without a conclusion, else the first."""
    return next((item.no for item in items if item.said.conclusion is None), 1)


def item_page(
    inspection_id: UUID,
    item_no: int,
    errors: Mapping[str, object] = NO_ERRORS,
    typed: Said | None = None,
    clash: Clash | None = None,
) -> str:
    """One item to be filled in, or to be read; a clash shows both texts."""
    me = person()
    head = queries.head_for(str(inspection_id), me)
    item = queries.item_of(head.id, item_no)
    items = queries.items_of(head.id)
    return render_template(
        "inspections/item.html",
        head=head, item=item, said=typed or item.said, errors=errors, clash=clash, items=items,
        may_write=may_inspect(me, head.subject) and head.state is State.UNDER_WAY,
        bad=Conclusion.NONCONFORMING, evidence=queries.evidence_of(head.id)[item_no],
        links=queries.links_of(head.id)[item_no], new_id=uuid4,
    )  # fmt: skip


def back_to(inspection_id: UUID, sentence: str = "") -> ResponseReturnValue:
    """To the page of the inspection."""
    flash(sentence or _("Kept."), "ok")
    return redirect(url_for("inspections.show", inspection_id=inspection_id), 303)
