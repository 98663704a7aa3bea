"""The form of a person's choices: mapping to a value or field errors."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.messages.rules_choices import AHEAD_MINUTES, ALL, NONE, Choice, is_clock, is_mobile, is_outside_id
from app.messages.rules_words import Kind
from app.web.words import lazy


@dataclass(frozen=True)
class ChoiceForm:
    """What was chosen, as typed where it does not hold."""

    choice: Choice
    errors: dict[str, object] = field(default_factory=dict)


def parse_choice(form: Mapping[str, str], wanted: Collection[str], ways: Collection[str]) -> ChoiceForm:
    """`wanted` are the ticked kinds; `ways` are the channels that exist for people."""
    minutes = form.get("ahead", "")
    choice = Choice(
        muted=frozenset(str(kind) for kind in Kind if kind not in wanted),
        way=form.get("way", ALL),
        quiet_from=form.get("quiet_from", "").strip()[:5],
        quiet_to=form.get("quiet_to", "").strip()[:5],
        ahead_minutes=int(minutes) if minutes in {str(each) for each in AHEAD_MINUTES} else -1,
        mobile=form.get("mobile", "").replace(" ", "").replace("-", "")[:20],
        wecom_id=form.get("wecom_id", "").strip()[:64],
        dingtalk_id=form.get("dingtalk_id", "").strip()[:64],
    )
    return ChoiceForm(choice, _faults(choice, ways))


def _faults(choice: Choice, ways: Collection[str]) -> dict[str, object]:
    clock = lazy("Give a time as hours and minutes, such as 21:30.")
    outside = lazy("Letters, digits, dots and dashes only, as the account is written there.")
    found = {
        "way": (choice.way in (ALL, NONE, *ways), lazy("Choose a way from the list.")),
        "quiet_from": (is_clock(choice.quiet_from), clock),
        "quiet_to": (is_clock(choice.quiet_to), clock),
        "ahead": (choice.ahead_minutes in AHEAD_MINUTES, lazy("Choose the minutes from the list.")),
        "mobile": (not choice.mobile or is_mobile(choice.mobile), lazy("Digits only, such as 13800001111.")),
        "wecom_id": (not choice.wecom_id or is_outside_id(choice.wecom_id), outside),
        "dingtalk_id": (not choice.dingtalk_id or is_outside_id(choice.dingtalk_id), outside),
    }
    return {name: sentence for name, (holds, sentence) in found.items() if not holds}
