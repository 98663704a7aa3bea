"""Reads the bytes of a pack as a stranger sent them: JSON without tricks, of this format and version, hash right."""

import json
import math
from collections.abc import Iterable
from typing import Any

from app.exchange.rules_pack import FORMAT, LARGEST_NUMBER, MOST_BYTES, VERSION, digest_of
from app.refusals import Invalid, TooLarge, Unsupported
from app.web.words import lazy

MOST_DEPTH = 40
MOST_VALUES = 500_000
MOST_TEXT = 20_000
NO_PACK = lazy("This is not a standards pack (.json). Export one with this program.")
UNSEEN = frozenset(chr(code) for code in (*range(32), 127) if chr(code) not in "\n\r\t")


class _Odd(ValueError):
    """Something that JSON of a pack does not have; carries its sentence."""

    def __init__(self, sentence: object) -> None:
        super().__init__()
        self.sentence = sentence


def read_pack(body: bytes) -> dict[str, Any]:
    """A pack that may be judged: the schema and the content are not looked at yet.

    Raises TooLarge, Unsupported (no pack) or Invalid (a later version, another content than its hash names).
    """
    if len(body) > MOST_BYTES:
        raise TooLarge(lazy("The file is too large; a pack has %(n)d MB at most.", n=MOST_BYTES // 1_000_000))
    pack = _json(body)
    if not isinstance(pack, dict) or pack.get("format") != FORMAT:
        raise Unsupported(NO_PACK)
    version = pack.get("version")
    if type(version) is not int or version < 1:
        raise Unsupported(NO_PACK)
    if version > VERSION:
        raise Invalid(
            lazy(
                "The pack is of version %(n)d; this program reads version %(own)d. Update the program first.",
                n=version,
                own=VERSION,
            )
        )
    _refuse_odd_values(pack)
    if not _has_right_digest(pack):
        raise Invalid(lazy("The hash does not fit the content: the file was changed or did not arrive whole."))
    return pack


def looks_like_pack(start: bytes) -> bool:
    """Whether a file begins like JSON and not like a workbook."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _json(body: bytes) -> Any:
    try:
        return json.loads(
            body.removeprefix(b"\xef\xbb\xbf").decode("utf-8"),
            object_pairs_hook=_mapping,
            parse_constant=_refuse_constant,
            parse_float=_number,
        )
    except _Odd as odd:
        raise Invalid(odd.sentence) from odd
    except RecursionError as deep:
        raise Invalid(lazy("The file is nested too deeply.")) from deep
    except ValueError as broken:
        raise Unsupported(lazy("The file is not JSON, or did not arrive whole.")) from broken


def _mapping(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Odd(lazy("%(name)s stands twice in one place of the file.", name=key[:40]))
        found[key] = value
    return found


def _refuse_constant(_name: str) -> Any:
    raise _Odd(lazy("There is a number in the file that is none."))


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        return float(_refuse_constant(text))
    return value


def _refuse_odd_values(pack: dict[str, Any]) -> None:
    """Too deep, too many, too long, numbers beyond what is exact, characters that nobody sees."""
    todo: list[tuple[Any, int]] = [(pack, 1)]
    count = 0
    while todo:
        value, depth = todo.pop()
        count += 1
        if depth > MOST_DEPTH:
            raise Invalid(lazy("The file is nested too deeply."))
        if count > MOST_VALUES:
            raise TooLarge(lazy("There is too much in the file. Send the standards in parts."))
        if isinstance(value, dict):
            todo += [(key, depth) for key in value]
            todo += [(inner, depth + 1) for key, inner in value.items() if not _is_body(key, inner, depth)]
        elif isinstance(value, list):
            todo += [(inner, depth + 1) for inner in value]
        else:
            _refuse_odd_value(value)


def _is_body(key: str, inner: Any, depth: int) -> bool:
    """The bytes of a file, judged with the files."""
    return key == "body" and depth == 3 and isinstance(inner, str) and inner.isascii()


def _refuse_odd_value(value: Any) -> None:
    if isinstance(value, str):
        if len(value) > MOST_TEXT:
            raise Invalid(lazy("A text is longer than %(n)d characters.", n=MOST_TEXT))
        if not UNSEEN.isdisjoint(value) or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise Invalid(lazy("There is a character in it that cannot be printed."))
    elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
        raise Invalid(lazy("There is a number in the file that is none."))


def _has_right_digest(pack: dict[str, Any]) -> bool:
    files = pack.get("files")
    if not isinstance(files, dict) or not all(isinstance(each, dict) for each in files.values()):
        # What is no pack in form is told by its schema.
        return True
    return digest_of(pack) == pack.get("digest")
