"""A half-year report as PDF and as Word, signed or as a draft; both are noted and marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.halfyear import rules_content as content
from app.halfyear import rules_words as words
from app.halfyear.actions import At
from app.halfyear.queries import Kept, kept
from app.halfyear.routes import at_of, change_words, figures_now, sections_of
from app.halfyear.rules import READERS, freezes_at
from app.halfyear.rules_document import Document, Later
from app.halfyear.sheets import report_pdf
from app.halfyear.sheets_word import report_word
from app.web.audited import exported
from app.web.guards import guarded
from app.web.languages import speaking

bp = Blueprint("halfyear_files", __name__, url_prefix="/reports/halfyear")
PDF_TYPE = "application/pdf"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


@bp.get("/<half>/<unit_id>.pdf")
@guarded(*READERS)
@exported("halfyear", "inspection")
def pdf(half: str, unit_id: str) -> ResponseReturnValue:
    at = at_of(half, unit_id)
    with _in_chinese():
        body = report_pdf(_document(at))
    return _file(body, PDF_TYPE, f"halfyear-{at.half.key}-{unit_id}.pdf")


@bp.get("/<half>/<unit_id>.docx")
@guarded(*READERS)
@exported("halfyear", "inspection")
def word(half: str, unit_id: str) -> ResponseReturnValue:
    at = at_of(half, unit_id)
    with _in_chinese():
        body = report_word(_document(at))
    return _file(body, WORD_TYPE, f"halfyear-{at.half.key}-{unit_id}.docx")


@contextmanager
def _in_chinese() -> Iterator[None]:
    """The report is a paper of a Chinese office, whoever prints it."""
    with speaking("zh_Hans_CN"):
        yield


def _document(at: At) -> Document:
    found = kept(at.half, at.unit.id)
    figures = figures_now(at, found)
    told = change_words(figures)
    unit = found.paper.unit_name if found.paper else at.unit.name
    later = [
        Later(_stamp(at, each.at), [(told(one), one.was, one.now) for one in each.changes]) for each in found.addenda
    ]
    return Document(
        title=content.TITLE, subtitle=content.GAP.join(part for part in (words.title_of(at.half), unit) if part),
        unit=unit, sections=sections_of(figures, found), standing=[_standing(at, found)],
        signed=_signed(at, found, unit), addenda=later, printed_at=_stamp(at, at.now),
    )  # fmt: skip


def _standing(at: At, found: Kept) -> str:
    """Until when the figures count, and whether they are frozen."""
    paper = found.paper
    if paper.freeze_id if paper else found.frozen:
        taken = paper.figures_at if paper else found.frozen.at if found.frozen else at.now
        frozen = _stamp(at, freezes_at(at.half, at.zone))
        return content.frozen_line(frozen, _stamp(at, taken), signed=paper is not None)
    return content.unfrozen_line(_stamp(at, paper.figures_at if paper else at.now), signed=paper is not None)


def _signed(at: At, found: Kept, unit: str) -> list[str]:
    paper = found.paper
    if paper is None:
        return content.unsigned_lines(unit)
    return content.signature_lines(unit, paper.by_name, _stamp(at, paper.at), paper.sha256)


def _stamp(at: At, when: datetime) -> str:
    return when.astimezone(at.zone).strftime("%Y-%m-%d %H:%M")


def _file(body: bytes, media_type: str, name: str) -> Response:
    response = Response(body, content_type=media_type)
    plain = NOT_PLAIN.sub("-", name)
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    response.headers["Cache-Control"] = "no-store"
    return response
