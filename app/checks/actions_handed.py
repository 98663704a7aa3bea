"""Records that came on a file instead of a line: kept in their author's name, by the rules of the protocol, marked.

The phone's clock at the hand-over is not known, so the receipt time counts until a supervisor accepts the phone's
(contract, Which clock). The body is the author's own: the same digest as the phone would get, never put in another's
place; when the phone sends it later after all, it gets the same receipt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.queries import person_by_id
from app.checks import writes
from app.checks.actions import Call, record_check
from app.checks.forms_handed import Handed, media_of
from app.checks.rules_handed import may_hand_in
from app.checks.rules_receipt import Receipt
from app.photos.actions import keep, keep_file
from app.photos.rules import Upload
from app.refusals import Forbidden
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True)
class Limits:
    """How large a photo and a voice memo may be, in bytes."""

    photo: int
    memo: int


def hand_in(record: Mapping[str, Any], handed: Handed, taker: CurrentPerson, call: Call, limits: Limits) -> Receipt:
    """Keep one record of the file as its author's; again gives the same receipt.

    Raises Forbidden for another crew's or unit's, and whatever `record_check` raises.
    """
    author = _author(record, taker)
    _keep_media(record, handed, author, call, limits)
    receipt = record_check(record, author, replace(call, phone_time=None, handed_in=True, phone=None))
    if not receipt.repeated:
        writes.insert_event(receipt.id, "handed_in", at=call.received_at, by_id=taker.id, by_name=taker.name)
    return receipt


def _author(record: Mapping[str, Any], taker: CurrentPerson) -> CurrentPerson:
    named = record.get("person")
    author = person_by_id(named) if isinstance(named, str) else None
    if author is None or not may_hand_in(taker, author):
        raise Forbidden(lazy("This record is of nobody in your crew or unit. Their own crew leader can hand it in."))
    return author


def _keep_media(record: Mapping[str, Any], handed: Handed, author: CurrentPerson, call: Call, limits: Limits) -> None:
    day = call.received_at.astimezone(call.zone).date()
    for each in (handed.media[name] for name in media_of(record) if name in handed.media):
        upload = Upload(each.id, each.body, author.id, each.media_type or None, each.taken_at)
        keeping, most = (keep, limits.photo) if each.is_picture else (keep_file, limits.memo)
        keeping(call.store, upload, max_bytes=most, now=call.received_at, day=day)
