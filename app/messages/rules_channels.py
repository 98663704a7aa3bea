"""Kinds of channels: what each needs, how much it takes, whom it reaches. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.web.words import lazy


class Via(StrEnum):
    """How a message leaves the house."""

    WECOM_ROBOT = "wecom_robot"
    DINGTALK_ROBOT = "dingtalk_robot"
    WECOM_APP = "wecom_app"
    DINGTALK_APP = "dingtalk_app"
    WEBHOOK = "webhook"
    SMS = "sms"


@dataclass(frozen=True)
class Manner:
    """What a kind of channel is like.

    `contact` is the field of a person's choices that it writes to (None: a group or a machine, told once for all).
    `a_minute` posts at most; `most_bytes` of text in one. `address` stands there at first; `fields` it needs besides.
    """

    title: object
    contact: str | None
    a_minute: int
    most_bytes: int
    address: str
    address_hint: object
    secret_hint: object
    secret_needed: bool
    fields: Mapping[str, object]


_ROBOT = lazy("The webhook address that the group shows when a robot is added. Whoever has it can write there.")
# Caps of the houses are 20 posts a minute a robot; two are left for others who use the same robot.
MANNERS: dict[Via, Manner] = {
    Via.WECOM_ROBOT: Manner(lazy("WeCom group robot"), None, 18, 2000, "", _ROBOT, lazy("Not needed."), False, {}),
    Via.DINGTALK_ROBOT: Manner(
        lazy("DingTalk group robot"), None, 18, 4000, "", _ROBOT,
        lazy("The key of the signature, beginning with SEC; empty when the robot has another safeguard."),
        False, {},
    ),
    Via.WECOM_APP: Manner(
        lazy("WeCom app messages"), "wecom_id", 60, 2000, "https://qyapi.weixin.qq.com",
        lazy("The host of the interface; only an own installation has another."), lazy("The secret of the app."), True,
        {"corp_id": lazy("Company id (CorpID)"), "agent_id": lazy("App number (AgentId)")},
    ),
    Via.DINGTALK_APP: Manner(
        lazy("DingTalk work notices"), "dingtalk_id", 60, 2000, "https://oapi.dingtalk.com",
        lazy("The host of the interface; only an own installation has another."), lazy("The secret of the app."), True,
        {"app_key": lazy("App key"), "agent_id": lazy("App number (AgentId)")},
    ),
    Via.WEBHOOK: Manner(
        lazy("Webhook"), None, 60, 60_000, "", lazy("Takes a signed JSON by POST (docs/operating.md)."),
        lazy("The key of the signature, at least 16 characters."), True, {},
    ),
    Via.SMS: Manner(
        lazy("SMS gateway"), "mobile", 60, 400, "", lazy("The address of the gateway."),
        lazy("Stands in the template as {secret}."), False,
        {"media": lazy("Body type"), "template": lazy("Template of the body"), "header": lazy("Additional header")},
    ),
}  # fmt: skip
PERSONAL = tuple(str(via) for via, manner in MANNERS.items() if manner.contact)
# Why a post did not go; the code before the colon of an outcome's reason.
FAULT_WORDS: dict[str, object] = {
    "address": lazy("the address is none that may be called"),
    "inside": lazy("the address leads inside; an operator has to allow it (DABIAO_MESSAGE_HOSTS)"),
    "name": lazy("the name of the host is not known"),
    "timeout": lazy("no answer in time"),
    "certificate": lazy("the certificate does not hold"),
    "connection": lazy("no connection"),
    "status": lazy("the other side answers with an error"),
    "errcode": lazy("the other side refuses"),
    "strange": lazy("something else answers there"),
    "answer": lazy("the gateway refuses"),
    "person": lazy("the account of the person is not known there"),
    "contact": lazy("the person has no number or account for this channel any more"),
    "sealed": lazy("the key of the installation has changed: fill in address and secret anew"),
    "day": lazy("not carried within a day"),
}
