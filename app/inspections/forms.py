"""Forms of inspections into values; what cannot be right is told field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.inspections.rules import Occasion
from app.inspections.rules_items import Conclusion, Overall, Said, Way
from app.inspections.rules_signing import Side, SignWay
from app.inspections.rules_templates import MOST_ITEMS, TemplateItem
from app.refusals import Invalid
from app.web.made import made_id
from app.web.words import lazy

# As account ids are (app/accounts/forms.py).
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
LOOK_AGAIN = lazy("Please look at these once more")


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A plan as typed; `occasion` and `on` stand whenever there are no errors."""

    id: str
    occasion: Occasion | None
    unit_id: str
    template_id: str
    post: str
    on: date | None
    basis: str
    inspectors: tuple[str, ...]
    errors: Mapping[str, object]


def parse_plan(form: Mapping[str, str], inspectors: Sequence[str]) -> PlanForm:
    """Read the form of a plan."""
    errors: dict[str, object] = {}
    on = day(form.get("on", ""))
    if on is None:
        errors["on"] = lazy("Choose a day.")
    occasion = form.get("occasion", "")
    if occasion not in set(Occasion):
        errors["occasion"] = lazy("Choose what it is held for.")
    given = {name: form.get(name, "").strip() for name in ("unit", "template", "post", "basis")}
    for name, most in (("post", 80), ("basis", 200)):
        if len(given[name]) > most:
            errors[name] = lazy("This text is too long; at most %(n)d characters.", n=most)
    if not given["unit"]:
        errors["unit"] = lazy("Choose a unit.")
    if not given["template"]:
        errors["template"] = lazy("Choose a template.")
    chosen = None if "occasion" in errors else Occasion(occasion)
    named = tuple(sorted(set(inspectors)))[:40]
    places = (given["unit"][:40], given["template"][:36], given["post"], on, given["basis"], named)
    return PlanForm(made_id(form), chosen, *places, errors)


def day(text: str) -> date | None:
    """YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def parse_said(form: Mapping[str, str], ways: Sequence[str]) -> Said:
    """What an inspector filled in about an item; odd values raise Invalid."""
    conclusion = form.get("conclusion", "")
    if conclusion and conclusion not in set(Conclusion):
        raise Invalid(LOOK_AGAIN, fields={"conclusion": lazy("This is not one of the possible answers.")})
    if not set(ways) <= set(Way):
        raise Invalid(LOOK_AGAIN, fields={"ways": lazy("This is not one of the possible answers.")})
    return Said(
        ways=tuple(way for way in Way if way in ways),
        record=_text(form, "record"),
        conclusion=Conclusion(conclusion) if conclusion else None,
        fact=_text(form, "fact"),
        severity=form.get("severity", "") or "minor",
    )


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()


def parse_overall(form: Mapping[str, str]) -> tuple[Overall | None, str]:
    """The overall conclusion and the words beside it."""
    chosen = form.get("conclusion", "")
    return Overall(chosen) if chosen in set(Overall) else None, _text(form, "summary")


@dataclass(frozen=True, slots=True)
class SignForm:
    """A signature as filled in."""

    side: Side
    way: SignWay
    digest: str
    objects: bool
    words: str
    name: str


def parse_sign(form: Mapping[str, str]) -> SignForm:
    """Read the form of a signature; odd values raise Invalid."""
    side, way = form.get("side", ""), form.get("way", "") or SignWay.OWN
    if side not in set(Side) or way not in set(SignWay) or (side == Side.INSPECTORS and way != SignWay.OWN):
        raise Invalid(LOOK_AGAIN, fields={"side": lazy("This is not one of the possible answers.")})
    objects = form.get("objects") == "1"
    return SignForm(
        Side(side), SignWay(way), form.get("digest", "")[:64], objects, _text(form, "words"), _text(form, "name")
    )


def parse_items(form: Mapping[str, str]) -> list[TemplateItem]:
    """The lines of a template, empty ones left out."""
    pairs = ((form.get(f"title.{no}", "").strip(), _text(form, f"content.{no}")) for no in range(1, MOST_ITEMS + 4))
    return [TemplateItem(title, content) for title, content in pairs if title or content]


@dataclass(frozen=True, slots=True)
class InviteForm:
    """A checker from outside as filled in; `last_on` stands whenever there are no errors."""

    id: str
    name: str
    body: str
    last_on: date | None
    errors: Mapping[str, object]


def parse_invite(form: Mapping[str, str]) -> InviteForm:
    """Read the form of an invitation."""
    given = {name: form.get(name, "").strip() for name in ("account", "name", "body")}
    given["account"] = given["account"].lower()
    errors: dict[str, object] = {}
    if not _ID.fullmatch(given["account"]):
        errors["account"] = lazy("3 to 40 small letters, digits, dots or dashes, such as wk-31.")
    for name, most in (("name", 60), ("body", 80)):
        if not 0 < len(given[name]) <= most:
            errors[name] = lazy("A name of at most %(n)d characters is needed.", n=most)
    last_on = day(form.get("last_on", ""))
    if last_on is None:
        errors["last_on"] = lazy("Choose a day.")
    return InviteForm(given["account"], given["name"], given["body"], last_on, errors)
