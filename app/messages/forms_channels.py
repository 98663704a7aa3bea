"""The form of a channel: mapping to values or field errors. What is sealed is never given back; left empty it stays."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.messages.rules_addresses import target_of
from app.messages.rules_channels import MANNERS, Via
from app.messages.rules_choices import is_clock
from app.messages.rules_requests import filled
from app.messages.rules_words import Kind
from app.web.words import lazy

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}: ?[\x20-\x7e]{1,300}")
_BARRED = ("host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "upgrade")
_OWN_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, repr=False)
class ChannelForm:
    """As typed; `address` and `secret` are "" when what is kept shall stay."""

    name: str
    via: Via | None
    address: str
    secret: str
    settings: dict[str, str]
    kinds: list[str]
    unit_ids: list[str]
    quiet_from: str
    quiet_to: str
    active: bool
    errors: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the form is judged by: hosts that the operator has named, units that there are, the channel before."""

    hosts: Collection[str]
    units: Collection[str]
    via: Via | None = None


def parse_channel(form: Mapping[str, str], kinds: Collection[str], units: Collection[str], known: Known) -> ChannelForm:
    """`known.via` is the kind of the channel that is changed, None for a new one; it never changes later."""
    asked = form.get("via", "")
    via = known.via or (Via(asked) if asked in set(Via) else None)
    wanted = MANNERS[via].fields if via else ()
    read = ChannelForm(
        name=" ".join(form.get("name", "").split())[:60],
        via=via,
        address=form.get("address", "").strip(),
        secret=form.get("secret", "").strip()[:400],
        settings={
            name: form.get(name, "").strip()[:2000] for name in (*wanted, *(("expected",) if via is Via.SMS else ()))
        },
        kinds=sorted(kind for kind in Kind if kind in set(kinds)),
        unit_ids=sorted(set(units) & set(known.units)),
        quiet_from=form.get("quiet_from", "").strip()[:5],
        quiet_to=form.get("quiet_to", "").strip()[:5],
        active=form.get("active") == "1",
    )
    return ChannelForm(**{**vars(read), "errors": _faults(read, known, set(units))})


def _faults(form: ChannelForm, known: Known, units: set[str]) -> dict[str, object]:
    clock = lazy("Give a time as hours and minutes, such as 21:30.")
    errors: dict[str, object] = {}
    if not form.name:
        errors["name"] = lazy("Give it a name.")
    if form.via is None:
        return errors | {"via": lazy("Choose a kind from the list.")}
    if not is_clock(form.quiet_from):
        errors["quiet_from"] = clock
    if not is_clock(form.quiet_to):
        errors["quiet_to"] = clock
    if units - set(known.units):
        errors["units"] = lazy("Choose units from the list.")
    if (form.address or known.via is None) and target_of(form.address, known.hosts) is None:
        errors["address"] = lazy("Give a whole https address. Plain http needs a host that an operator has allowed.")
    return errors | _secret_fault(form, known) | _setting_faults(form)


def _secret_fault(form: ChannelForm, known: Known) -> dict[str, object]:
    if form.via and MANNERS[form.via].secret_needed and not form.secret and known.via is None:
        return {"secret": lazy("A secret is needed.")}
    if form.via is Via.WEBHOOK and form.secret and len(form.secret) < 16:
        return {"secret": lazy("Take at least 16 characters.")}
    return {}


def _setting_faults(form: ChannelForm) -> dict[str, object]:
    own = lazy("Letters, digits, dashes only.")
    found: dict[str, object] = {}
    for name in ("corp_id", "app_key"):
        if name in form.settings and not _OWN_ID.fullmatch(form.settings[name]):
            found[name] = own
    if "agent_id" in form.settings and not (
        form.settings["agent_id"].isascii() and form.settings["agent_id"].isdigit()
    ):
        found["agent_id"] = lazy("Digits only.")
    if form.via is Via.SMS:
        found |= _template_faults(form.settings)
    return found


def _template_faults(settings: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    if settings["media"] not in ("json", "form"):
        found["media"] = lazy("Choose JSON or form.")
    template, header = settings["template"], settings["header"]
    if "{mobile}" not in template or "{text}" not in template:
        found["template"] = lazy("The template needs {mobile} and {text}.")
    elif settings["media"] == "json" and not _is_json(
        filled(template, dict.fromkeys(("mobile", "text", "secret", "id"), "1"), str)
    ):
        found["template"] = lazy("With its holes filled this is no JSON.")
    if header and (not _HEADER.fullmatch(header) or header.split(":")[0].lower() in _BARRED):
        found["header"] = lazy("One header as Name: value, such as Authorization: Bearer {secret}.")
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
