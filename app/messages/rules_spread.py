"""Which channel carries which message to whom: pure rules."""

from collections.abc import Collection, Mapping

from app.messages.rules_channels import MANNERS, Via
from app.messages.rules_choices import ALL, NONE, Choice


def carries(kinds: Collection[str], unit_paths: Collection[str], kind: str, org_path: str) -> bool:
    """Whether a channel that is narrowed to these kinds and units takes a message of this kind for that unit."""
    return (not kinds or kind in kinds) and (not unit_paths or any(map(org_path.startswith, unit_paths)))


def contact_of(via: Via, choice: Choice, channel_id: int, *, urgent: bool) -> str:
    """Where a channel for single people reaches this one, or "" when it does not or may not.

    Whoever wants nothing outside is left alone, unless it is urgent.
    """
    field = MANNERS[via].contact
    wanted = choice.way in (ALL, str(channel_id)) or urgent
    return str(getattr(choice, field)) if field and wanted else ""


def mentioned(via: Via, people: Collection[str], choices: Mapping[str, Choice]) -> tuple[list[str], list[str]]:
    """Mobiles and accounts to call by name in a group: of those who want messages outside at all."""
    if via not in (Via.WECOM_ROBOT, Via.DINGTALK_ROBOT):
        return [], []
    field = "wecom_id" if via is Via.WECOM_ROBOT else "dingtalk_id"
    asked = [choices[each] for each in people if each in choices and choices[each].way != NONE]
    accounts = [str(getattr(choice, field)) for choice in asked if getattr(choice, field)]
    mobiles = [choice.mobile for choice in asked if choice.mobile and not getattr(choice, field)]
    return sorted(set(mobiles)), sorted(set(accounts))
