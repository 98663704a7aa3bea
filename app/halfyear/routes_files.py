"""A half-year report as PDF and as Word, signed or as a draft; both are noted and marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

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
    with force_locale("zh_Hans_CN"):
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
        title="标准落地实施情况报告", subtitle="　".join(part for part in (words.title_of(at.half), unit) if part),
        unit=unit, sections=sections_of(figures, found), standing=_standing(at, found), signed=_signed(at, found, unit),
        addenda=later, printed_at=_stamp(at, at.now),
    )  # fmt: skip


def _standing(at: At, found: Kept) -> list[str]:
    """Until when the figures count, and whether they are frozen."""
    paper, frozen = found.paper, _stamp(at, freezes_at(at.half, at.zone))
    if paper and paper.freeze_id:
        return [f"数据冻结时间：{frozen}；数据由系统记录汇总，取数时间 {_stamp(at, paper.figures_at)}"]
    if paper:
        return [f"数据未冻结：签字时取数，取数时间 {_stamp(at, paper.figures_at)}；冻结后的变化见补记"]
    if found.frozen:
        return [f"草稿，未签字；数据冻结时间：{frozen}，取数时间 {_stamp(at, found.frozen.at)}"]
    return [f"草稿，未签字；数据未冻结，取数时间 {_stamp(at, at.now)}"]


def _signed(at: At, found: Kept, unit: str) -> list[str]:
    paper = found.paper
    if paper is None:
        return [unit, "（未签字）"]
    fingerprint = (f"指纹（SHA-256）：{paper.sha256[:32]}", paper.sha256[32:])
    return [unit, f"签字人：{paper.by_name}", _stamp(at, paper.at), *fingerprint]


def _stamp(at: At, when: datetime) -> str:
    return when.astimezone(at.zone).strftime("%Y-%m-%d %H:%M")


def _file(body: bytes, media_type: str, name: str) -> Response:
    response = Response(body, content_type=media_type)
    plain = NOT_PLAIN.sub("-", name)
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    response.headers["Cache-Control"] = "no-store"
    return response
