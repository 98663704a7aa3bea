"""The plain form of the work page -> the JSON that it stands for (contract 5); knows field names, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

STEP_FIELD = re.compile(r"([A-Z][A-Za-z0-9]{0,7})\.([a-z_]+)(?:\.([A-Za-z0-9_-]{1,40}))?")
TRUTHS = {"true": True, "false": False}
FILE_FIELDS = {"photos": "photos", "after_photos": "after_photos"}


@dataclass(frozen=True, slots=True)
class PlainForm:
    """What was typed, and which photos the server keeps already, by field (`S03.photos`)."""

    typed: Mapping[str, str]
    kept: Mapping[str, Sequence[str]] = field(default_factory=dict)


def body_of(form: PlainForm, person_id: str, code: str, submitted_at: str, ordinary: Iterable[str]) -> dict[str, Any]:
    """The body of POST /api/v1/checks; the one button for all the rest passes `ordinary` steps without an answer."""
    typed = form.typed
    return {
        "id": typed.get("id"),
        "person": person_id,
        "code": code,
        "standard": typed.get("standard"),
        "window": typed.get("window") or None,
        "profile": typed.get("profile") or None,
        "outcome": typed.get("outcome") or "done",
        "unable_reason": typed.get("unable_reason") or None,
        "opened_at": typed.get("opened_at"),
        "submitted_at": submitted_at,
        "via": typed.get("via") or "scan",
        "via_reason": typed.get("via_reason") or None,
        "late_reason": typed.get("late_reason") or None,
        "note": typed.get("note") or None,
        "photos": list(form.kept.get("photos", ())),
        "files": list(form.kept.get("files", ())),
        "facts": _facts(typed),
        "answers": [] if typed.get("outcome") == "unable" else _answers(form, submitted_at, tuple(ordinary)),
        "signatures": [],
        **({"secret": typed["secret"]} if typed.get("secret") else {}),
    }


def kept_field(name: str) -> str:
    """`S03.kept_photos` of `S03.photos`: the hidden field that carries what the server keeps already."""
    head, _, last = name.rpartition(".")
    return f"{head}.kept_{last}" if head else f"kept_{last}"


def _facts(typed: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, text in typed.items():
        if name.startswith("fact.") and text:
            number = number_of(text)
            facts[name.removeprefix("fact.")] = TRUTHS.get(text, text if isinstance(number, str) else number)
    return facts


def _answers(form: PlainForm, at: str, ordinary: Sequence[str]) -> list[dict[str, Any]]:
    answers: dict[str, dict[str, Any]] = {}
    for name, text in form.typed.items():
        found = STEP_FIELD.fullmatch(name)
        if found and text:
            answer = answers.setdefault(found[1], {"step": found[1]})
            _put(answer, found[2], found[3], text)
    for name, ids in form.kept.items():
        found = STEP_FIELD.fullmatch(name)
        if found and ids:
            answers.setdefault(found[1], {"step": found[1]})[found[2]] = list(ids)
    if form.typed.get("together"):
        for step in ordinary:
            if not (answers.get(step) or {}).get("result"):
                answers.setdefault(step, {"step": step}).update(result="pass", together=True)
    return [_finished(answer, at) for _, answer in sorted(answers.items()) if set(answer) != {"step"}]


def _put(answer: dict[str, Any], name: str, inner: str | None, text: str) -> None:
    if name == "inputs" and inner:
        answer.setdefault("inputs", {})[inner] = number_of(text)
    elif name == "known" and inner:
        answer.setdefault("known", []).append({"finding": inner, "state": text})
    elif name == "value":
        answer["value"] = number_of(text)
    elif name in ("fixed", "together"):
        answer[name] = True
    elif name in ("result", "choice", "text", "note", "cause", "no_photo_reason"):
        answer[name] = text


def _finished(answer: dict[str, Any], at: str) -> dict[str, Any]:
    """Words in a text step, or a photo, say that it was done unless something else was picked."""
    if not answer.get("result") and (answer.get("text") or (answer.get("photos") and not answer.get("cause"))):
        answer["result"] = "pass"
    return answer | {"answered_at": at}


def number_of(text: str) -> float | int | str:
    """What somebody typed as a number, full-width digits and a decimal comma included; else the text, to be refused."""
    plain = text.strip().translate(_FULL_WIDTH)
    if re.fullmatch(r"[-+]?\d{1,12}", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"[-+]?\d{0,12}\.?\d{1,8}", plain) else text


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，,－−", "0123456789...--")
