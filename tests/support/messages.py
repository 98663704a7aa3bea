"""Builders of messages, alarms and channels; call inside an app context."""

from app.messages.models import Alarm, Delivery, Message, MessageChannel
from app.messages.secrets import Opened, seal
from tests.support.builders import NOW, kept


def message(person_id="ann", key="k1", **values):
    defaults = {"kind": "call", "params": {"point": "1号楼", "topic": "paper"}, "link": "/", "at": NOW}
    return kept(Message, person_id=person_id, key=key, **(defaults | values))


def alarm(unit_id="care", key="k1", **values):
    defaults = {"kind": "call", "params": {"point": "1号楼", "topic": "paper"}, "link": "/", "at": NOW}
    return kept(Alarm, unit_id=unit_id, key=key, **(defaults | values))


def channel(kind="wecom_robot", address="https://qyapi.weixin.qq.com/send?key=1", secret="", key="k" * 32, **values):
    defaults = {
        "name": "物业群",
        "host": address.split("/")[2],
        "sealed": seal(Opened(address, secret), key),
        "settings": {},
        "kinds": [],
        "unit_ids": [],
        "quiet_from": "21:30",
        "quiet_to": "06:30",
        "created_at": NOW,
        "changed_at": NOW,
        "changed_by_id": "adm",
        "posts": [],
    }
    return kept(MessageChannel, kind=kind, **(defaults | values))


def failed_delivery(channel_id=1, key="k1", **values):
    times = dict.fromkeys(("at", "since_at", "next_at", "done_at"), NOW)
    defaults = {"kind": "call", "params": {"point": "1号楼"}, "link": "/", "people": [], "state": "failed", "tries": 3}
    defaults["reason"] = "errcode: 93000 invalid webhook url"
    return kept(Delivery, channel_id=channel_id, key=key, **(times | defaults | values))
