"""What leaves the house as text: words of strangers made harmless, one message or many in one. Pure rules."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.messages.rules_words import sentence, title
from app.web.words import _

SINGLES = 3
LINE_BYTES = 300
# A dot between letters makes chats turn words into links; numbers such as JGSW05003.01 keep theirs.
_DOMAIN_DOT = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")
_HARMLESS = str.maketrans({"@": "＠", "<": "＜", ">": "＞", "[": "［", "]": "］", "`": "｀", "\\": "＼"})


@dataclass(frozen=True)
class Item:
    """A message on its way outside, in the language of who reads it; `link` is a whole address."""

    id: int
    key: str
    kind: str
    title: str
    text: str
    link: str
    at: str
    urgent: bool
    people: tuple[str, ...] = ()


def harmless(words: str) -> str:
    """Words as one line that call nobody (@all, <@id>), link nowhere and hide nothing."""
    shown = "".join(letter if unicodedata.category(letter)[0] not in "CZ" else " " for letter in words)
    shown = " ".join(shown.split()).translate(_HARMLESS).replace("://", "：//")
    return _DOMAIN_DOT.sub("．", shown)


def said(kind: str, params: Mapping[str, str]) -> tuple[str, str]:
    """Title and sentence in the language spoken now; only what fills the sentence is distrusted."""
    return title(kind), sentence(kind, {name: harmless(str(value)) for name, value in params.items()})


def one(item: Item) -> str:
    """A message alone."""
    urgent = _("[Urgent] ") if item.urgent else ""
    return f"{urgent}【{item.title}】{cut(item.text, 4 * LINE_BYTES)}\n{item.link}"


def line(item: Item) -> str:
    """A message among others."""
    return "· " + cut(f"{item.at} {item.title}：{item.text}", LINE_BYTES)


def many(items: Sequence[Item], link: str) -> str:
    """Several messages in one post, so that a channel that was away for an hour floods nobody."""
    head = _("%(n)d messages", n=len(items))
    return "\n".join([head, *map(line, items), link])


def cut(text: str, most_bytes: int) -> str:
    """At most so many bytes of UTF-8, whole letters, with a sign that there was more."""
    raw = text.encode()
    return text if len(raw) <= most_bytes else raw[: most_bytes - 3].decode(errors="ignore") + "…"


def portions(sizes: Sequence[int], most: int) -> list[slice]:
    """How to share messages out on posts: up to three go alone, more are gathered up to `most` bytes."""
    if len(sizes) <= SINGLES:
        return [slice(number, number + 1) for number in range(len(sizes))]
    found, first, filled = [], 0, 0
    for number, size in enumerate(sizes):
        if number > first and filled + size > most:
            found.append(slice(first, number))
            first, filled = number, 0
        filled += size
    return [*found, slice(first, len(sizes))]
