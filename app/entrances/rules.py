"""Houses that people may sign in through, as declared by the operator, and where their claims place somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

from app.web.current import Role

# Who decides over others is made by an administrator here, never by a claim from outside.
ROLES = tuple(role.value for role in Role if role not in (Role.ADMIN, Role.AUDITOR))
_TEXT, _ADDRESS = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^https?://[^\\s]+$"}
_RULE = {
    "type": "object",
    "properties": {"claim": _TEXT, "value": _TEXT, "unit": _TEXT, "role": {"enum": list(ROLES)}},
    "required": ["claim", "value", "unit"],
    "additionalProperties": False,
}
_HOUSE = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,19}$"},
        "via": {"enum": ["oidc", "wecom", "dingtalk"]},
        **dict.fromkeys(("label", "client_id", "secret", "agent_id", "scope", "account_claim"), _TEXT),
        **dict.fromkeys(("base", "door", "old_base"), _ADDRESS),
        "userinfo": {"type": "boolean"},
        "units": {"type": "array", "items": _RULE},
    },
    "required": ["id", "via", "label", "client_id"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"houses": {"type": "array", "items": _HOUSE}},
    "required": ["houses"],
    "additionalProperties": False,
}
MOST_LETTERS = 200


class Via(StrEnum):
    """How a house speaks."""

    OIDC = "oidc"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


BASES = {
    Via.OIDC: "",
    Via.WECOM: "https://qyapi.weixin.qq.com",
    Via.DINGTALK: "https://api.dingtalk.com",
}
DOORS = {
    Via.OIDC: "",
    Via.WECOM: "https://login.work.weixin.qq.com/wwlogin/sso/login",
    Via.DINGTALK: "https://login.dingtalk.com/oauth2/auth",
}


@dataclass(frozen=True)
class UnitRule:
    """Whose `claim` is (or holds) this value belongs to the unit, in that role."""

    claim: str
    value: str
    unit: str
    role: str = "worker"


@dataclass(frozen=True, repr=False)
class House:
    """One way in; without a repr, for it holds a secret. `base` is the issuer, or where the interfaces of it are."""

    id: str
    via: Via
    label: str
    client_id: str
    base: str
    secret: str = ""
    door: str = ""
    old_base: str = ""
    agent_id: str = ""
    scope: str = "openid profile"
    userinfo: bool = False
    account_claim: str = ""
    rules: tuple[UnitRule, ...] = ()

    @property
    def named_hosts(self) -> frozenset[str]:
        """What the operator has named may be called, inside or not."""
        return frozenset(urlsplit(each).netloc.lower() for each in (self.base, self.old_base) if each)


def houses_of(document: Any) -> tuple[House, ...]:
    """Read the declaration; raises ValueError with the place of the first mistake."""
    mistake = best_match(Draft202012Validator(SCHEMA).iter_errors(document))
    if mistake:
        raise ValueError(f"{'.'.join(map(str, mistake.absolute_path)) or 'the file'}: {mistake.message}")
    found = tuple(map(_house, document["houses"]))
    if len({house.id for house in found}) != len(found):
        raise ValueError("two houses have the same id")
    if bare := [house.id for house in found if not house.base]:
        raise ValueError(f"{bare[0]}: base has to name the issuer")
    return found


def _house(given: Mapping[str, Any]) -> House:
    via = Via(given["via"])
    rules = tuple(UnitRule(**each) for each in given.get("units", ()))
    base = given.get("base", BASES[via])
    plain = {name: value for name, value in given.items() if name not in ("via", "units", "base")}
    # An issuer is compared letter by letter; the other two are only prefixes of addresses.
    kept = base if via is Via.OIDC else base.rstrip("/")
    return House(via=via, base=kept, rules=rules, **{"door": DOORS[via], **plain})


def placed(claims: Mapping[str, Any], rules: Iterable[UnitRule]) -> UnitRule | None:
    """The first rule that holds; a claim that is a list holds each of its values."""
    return next((rule for rule in rules if rule.value in _values(claims.get(rule.claim))), None)


def account_named(house: House, claims: Mapping[str, Any]) -> str:
    """The account here that a verified claim names, empty when none does; an e-mail counts only when verified."""
    if not house.account_claim:
        return ""
    if house.account_claim == "email" and claims.get("email_verified") is not True:
        return ""
    values = _values(claims.get(house.account_claim))
    return values[0].strip().lower() if len(values) == 1 else ""


def worth_keeping(house: House, claims: Mapping[str, Any]) -> dict[str, list[str]]:
    """The claims that rules look at, for whoever decides about an unknown person; nothing else is kept."""
    names = {rule.claim for rule in house.rules} | ({house.account_claim} if house.account_claim else set())
    return {name: [text[:MOST_LETTERS] for text in _values(claims[name])][:20] for name in sorted(names & set(claims))}


def _values(value: object) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [str(one) for one in each if isinstance(one, str | int) and not isinstance(one, bool) and one != ""]
