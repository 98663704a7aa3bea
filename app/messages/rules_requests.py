"""The calls that each kind of channel takes, as its house documents them: pure rules, no network.

企业微信: group robot (webhook/send), app messages (gettoken, message/send). 钉钉: robot (robot/send with 加签),
work notices (gettoken, corpconversation/asyncsend_v2). The webhook is our own (docs/operating.md).
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus, urlencode

from app.messages.rules_channels import Via
from app.messages.rules_texts import Item

JSON = "application/json; charset=utf-8"
FORM = "application/x-www-form-urlencoded; charset=utf-8"
_HOLE = re.compile(r"\{(mobile|text|secret|id)\}")


@dataclass(frozen=True, repr=False)
class Call:
    """One HTTP call; without a repr, for its address may carry a key."""

    method: str
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Post:
    """What one call carries: the text for people, its messages for machines, whom to mention or to write to."""

    text: str
    items: Sequence[Item]
    to: str = ""
    mobiles: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same messages: a receiver knows a repeated post by it."""
        return hashlib.sha256("\n".join(item.key for item in self.items).encode()).hexdigest()[:32]


@dataclass(frozen=True, repr=False)
class Account:
    """What a channel is called with: opened secrets, its settings, a token where its house gives one."""

    address: str
    secret: str
    settings: Mapping[str, str]
    token: str = ""


def call_of(via: Via, account: Account, post: Post, at_s: float) -> Call:
    """The call that carries this post."""
    return _CALLS[via](account, post, at_s)


def token_call(via: Via, account: Account) -> Call:
    """The call for a token of an app."""
    if via is Via.WECOM_APP:
        asked = {"corpid": account.settings["corp_id"], "corpsecret": account.secret}
        return Call("GET", f"{account.address.rstrip('/')}/cgi-bin/gettoken?{urlencode(asked)}")
    asked = {"appkey": account.settings["app_key"], "appsecret": account.secret}
    return Call("GET", f"{account.address.rstrip('/')}/gettoken?{urlencode(asked)}")


def _wecom_robot(account: Account, post: Post, _at_s: float) -> Call:
    text = {"content": post.text, "mentioned_list": post.accounts, "mentioned_mobile_list": post.mobiles}
    return _json(account.address, {"msgtype": "text", "text": text})


def _dingtalk_robot(account: Account, post: Post, at_s: float) -> Call:
    at = {"atMobiles": post.mobiles, "atUserIds": post.accounts, "isAtAll": False}
    url = account.address
    if account.secret:
        stamp = str(int(at_s * 1000))
        digest = hmac.new(account.secret.encode(), f"{stamp}\n{account.secret}".encode(), hashlib.sha256).digest()
        sign = quote(base64.b64encode(digest).decode(), safe="")
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={sign}"
    return _json(url, {"msgtype": "text", "text": {"content": post.text}, "at": at})


def _wecom_app(account: Account, post: Post, _at_s: float) -> Call:
    url = f"{account.address.rstrip('/')}/cgi-bin/message/send?access_token={quote(account.token, safe='')}"
    body = {
        "touser": post.to,
        "msgtype": "text",
        "agentid": int(account.settings["agent_id"]),
        "text": {"content": post.text},
        "safe": 0,
        # A repeat after a lost answer is dropped by the house itself.
        "enable_duplicate_check": 1,
        "duplicate_check_interval": 1800,
    }
    return _json(url, body)


def _dingtalk_app(account: Account, post: Post, _at_s: float) -> Call:
    path = "topapi/message/corpconversation/asyncsend_v2"
    url = f"{account.address.rstrip('/')}/{path}?access_token={quote(account.token, safe='')}"
    msg = {"msgtype": "text", "text": {"content": post.text}}
    body = {"agent_id": int(account.settings["agent_id"]), "userid_list": post.to, "to_all_user": False, "msg": msg}
    return _json(url, body)


def _webhook(account: Account, post: Post, at_s: float) -> Call:
    told = [
        {name: getattr(item, name) for name in ("key", "kind", "title", "text", "link", "at", "urgent", "people")}
        for item in post.items
    ]
    call = _json(account.address, {"version": 1, "id": post.id, "messages": told})
    stamp = str(int(at_s))
    signed = hmac.new(account.secret.encode(), stamp.encode() + b"." + call.body, hashlib.sha256).hexdigest()
    own = {"Dabiao-Id": post.id, "Dabiao-Timestamp": stamp, "Dabiao-Signature": f"sha256={signed}"}
    return Call(call.method, call.url, call.body, {**call.headers, **own})


def _sms(account: Account, post: Post, _at_s: float) -> Call:
    form = account.settings.get("media") == "form"
    values = {"mobile": post.to, "text": post.text, "secret": account.secret, "id": post.id}
    body = filled(account.settings["template"], values, quote_plus if form else _in_json)
    headers = {"Content-Type": FORM if form else JSON}
    if ":" in account.settings.get("header", ""):
        name, value = filled(account.settings["header"], values, str).split(":", 1)
        headers[name.strip()] = value.strip()
    return Call("POST", account.address, body.encode(), headers)


def filled(template: str, values: Mapping[str, str], written: Callable[[str], str]) -> str:
    """The template with its holes filled once: what stands in a value is never read as a hole."""
    return _HOLE.sub(lambda found: written(values[found[1]]), template)


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _json(url: str, body: object) -> Call:
    return Call("POST", url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": JSON})


_CALLS: dict[Via, Callable[[Account, Post, float], Call]] = {
    Via.WECOM_ROBOT: _wecom_robot,
    Via.DINGTALK_ROBOT: _dingtalk_robot,
    Via.WECOM_APP: _wecom_app,
    Via.DINGTALK_APP: _dingtalk_app,
    Via.WEBHOOK: _webhook,
    Via.SMS: _sms,
}
