"""Classified matter never enters (rules DS-7): a form whose text looks classified is asked about before it is saved.

Phones' records are never refused: their text is kept apart until the standards section has looked at it
(`app.privacy`, handed in as `extensions["held_texts"]`).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.db import atomically
from app.refusals import Invalid
from app.web.asked import asked
from app.web.classified_files import text_in
from app.web.current import maybe_person
from app.web.texts import FORMS
from app.web.words import lazy

P = ParamSpec("P")
R = TypeVar("R")
# Words of the State Secrets Law, old characters too; blanks and signs between the two do not hide them.
_GAP = r"[\s·・.\-_*★☆]{0,3}"
_MARK = re.compile(f"绝{_GAP}密|絕{_GAP}密|机{_GAP}密|機{_GAP}密|秘{_GAP}密|祕{_GAP}密")
_BYTES = tuple(word.encode() for word in ("密", "\\u5bc6", "\\u5BC6"))
CONFIRMED = "not_classified"
_SECRET = re.compile(r"password|pin|token|secret|^(old|new|again|code|next|key|id)$")


def install(app: Flask) -> None:
    """Look at every form before its view; call behind the check of the token."""
    app.before_request(_ask_first)


def marks_in(text: str) -> tuple[str, ...]:
    """The words that make a text look classified, each once and without what stood between."""
    plain = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    found = ("".join(each for each in match if each.isalpha()) for match in _MARK.findall(plain))
    return tuple(dict.fromkeys(found))


def unclassified(body: Mapping[str, Any], raw: bytes | None = None) -> Mapping[str, Any]:
    """The record of a phone; texts that look classified are kept apart and a word stands in their place."""
    if raw is not None and not any(each in raw for each in _BYTES):
        return body
    held: Mapping[str, Any] = current_app.extensions["held_texts"](body, maybe_person())
    return held


def _ask_first() -> str | Response | tuple[str, int] | None:
    here = asked()
    if here.method != "POST" or here.mimetype not in FORMS:
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "keeps_form", False):
        return None
    said = [text for name, text in request.form.items(multi=True) if not _SECRET.search(name)]
    said += () if getattr(view, "holds_records", False) else _in_files()
    marks = tuple(dict.fromkeys(mark for text in said if "密" in text for mark in marks_in(text)))
    if not marks:
        return None
    confirmed = bool(request.form.get(CONFIRMED))
    _note("privacy.overruled" if confirmed else "privacy.warned", marks)
    if confirmed:
        return None
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        raise Invalid(lazy("This looks classified. It is not saved; take the words out."), problem="classified")
    fields = [(name, text) for name, text in request.form.items(multi=True) if name not in ("csrf_token", CONFIRMED)]
    files = list(dict.fromkeys(name for name, each in request.files.items(multi=True) if each.filename))
    for each in _sent():
        each.close()
    return render_template("privacy/ask.html", fields=fields, files=files, marks=marks, confirmed=CONFIRMED), 422


def holds_records(view: Callable[P, R]) -> Callable[P, R]:
    """A view whose file carries records of phones: their texts are kept apart, the file is not asked about."""
    view.holds_records = True  # type: ignore[attr-defined]
    return view


def _in_files() -> list[str]:
    """Names and words of the files that are sent."""
    return [text for each in _sent() if each.filename for text in (each.filename or "", text_in(each.stream))]


def _sent() -> list[FileStorage]:
    return [each for named in request.files.listvalues() for each in named]


def _note(kind: str, marks: tuple[str, ...]) -> None:
    """Of people who are signed in; the text itself is never kept."""
    me = maybe_person()
    if me is None:
        return
    note, data = current_app.extensions["audit"].note, {"words": "、".join(marks), "path": request.path[:200]}
    atomically(
        lambda: note(kind, by_id=me.id, about=request.endpoint or "", address=request.remote_addr or "", data=data)
    )
