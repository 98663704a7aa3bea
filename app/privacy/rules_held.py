"""Which texts of a phone's record are looked at, and what stands in the place of one that looks classified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# What a reader of the record sees meanwhile; records are Chinese.
PLACEHOLDER = "〔文字可能涉密，标准化科查看后显示〕"
# Free text of a check, a retake and a takeover; choices and ids never hold what somebody made up.
FREE = ("note", "via_reason", "late_reason", "takeover_reason", "text")
OF_ANSWER = ("note", "text")


@dataclass(frozen=True)
class Held:
    """A text taken out of a record: where it stood and the words found in it."""

    place: str
    text: str
    words: tuple[str, ...]


def taken_out(body: Mapping[str, Any], marks: Callable[[str], tuple[str, ...]]) -> tuple[dict[str, Any], list[Held]]:
    """The record with a word in place of each text that looks classified, and what was taken out."""
    plain, held = _plain(body, FREE, "", marks)
    answers = body.get("answers")
    if isinstance(answers, list):
        plain["answers"] = [_answer(each, held, marks) for each in answers]
    return plain, held


def _answer(sent: Any, held: list[Held], marks: Callable[[str], tuple[str, ...]]) -> Any:
    if not isinstance(sent, Mapping):
        return sent
    plain, more = _plain(sent, OF_ANSWER, f"{str(sent.get('step', ''))[:8]}/", marks)
    held += more
    return plain


def _plain(
    body: Mapping[str, Any], names: tuple[str, ...], before: str, marks: Callable[[str], tuple[str, ...]]
) -> tuple[dict[str, Any], list[Held]]:
    plain, held = dict(body), []
    for name in names:
        text = body.get(name)
        if isinstance(text, str) and (words := marks(text)):
            plain[name] = PLACEHOLDER
            held.append(Held(before + name, text, words))
    return plain, held
