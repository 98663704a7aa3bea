"""Holds a pack against its published schema; each fault with its place and a sentence."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]

from app.web.words import lazy

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("standards-pack-1.json").read_text("utf-8"))
SCHEMA_PATH: str = SCHEMA["$id"]
FAULTS_AT_MOST = 60
_VALIDATOR = Draft202012Validator(SCHEMA)
_SENTENCES = {
    "type": lazy("This is of the wrong kind."),
    "enum": lazy("This is none of the words that may stand here."),
    "const": lazy("This is none of the words that may stand here."),
    "pattern": lazy("This is not written as it has to be."),
    "minLength": lazy("This is empty or too short."),
    "minItems": lazy("This is empty or too short."),
    "maxLength": lazy("This is too long."),
    "maxItems": lazy("There are too many of these."),
    "maxProperties": lazy("There are too many of these."),
    "minimum": lazy("This number is too small."),
    "maximum": lazy("This number is too large."),
}


@dataclass(frozen=True)
class PackFault:
    """What does not hold, and where: a place in the file, or a number with a step."""

    where: str
    sentence: Any


def schema_faults(pack: Any, most: int = FAULTS_AT_MOST) -> list[PackFault]:
    """What does not fit the schema, in the order of the file."""
    found = list[PackFault]()
    for error in _VALIDATOR.iter_errors(pack):
        found.append(PackFault(_place(error.absolute_path), _sentence(error)))
        if len(found) >= most:
            break
    return found


def with_address(base_url: str) -> dict[str, Any]:
    """The schema as it is published: its $id is the address where it stands."""
    return {**SCHEMA, "$id": f"{base_url.rstrip('/')}{SCHEMA_PATH}"}


def _place(path: Iterable[Any]) -> str:
    return "/" + "/".join(str(each)[:64] for each in path)


def _sentence(error: ValidationError) -> Any:
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return lazy("%(name)s is missing.", name="、".join(missing))
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        strange = [str(name)[:40] for name in error.instance if name not in known]
        return lazy("The schema does not know %(names)s.", names="、".join(strange[:5]))
    return _SENTENCES.get(str(error.validator), lazy("This does not fit the schema."))
