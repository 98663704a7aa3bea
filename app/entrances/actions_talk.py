"""Ask a house who came: every call through the one door outside, no transaction held meanwhile."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.entrances import rules_dingtalk as dingtalk
from app.entrances import rules_oidc as oidc
from app.entrances import rules_wecom as wecom
from app.entrances.rules import House, Via
from app.entrances.rules_oidc import Doubtful
from app.messages.rules_requests import Call
from app.messages.wire import send
from app.refusals import Unavailable
from app.web.words import lazy

KEPT_S = 300.0


@dataclass(frozen=True, repr=False)
class Returned:
    """What the browser brought back, beside what was kept for it."""

    code: str
    back: str
    nonce: str
    verifier: str


class Talk:
    """One house; keeps what it says of itself for five minutes, and the app's token as long as it lasts."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._found: tuple[float, dict[str, Any]] | None = None
        self._token: tuple[float, str] | None = None

    def door(self, back: str, kept: Mapping[str, str]) -> str:
        """Where the browser has to go. Raises Unavailable, Doubtful."""
        if self.house.via is Via.WECOM:
            return wecom.door_address(self.house, back, kept["state"])
        if self.house.via is Via.DINGTALK:
            return dingtalk.door_address(self.house, back, kept["state"])
        return oidc.door_address(self.house, self._discovered(), back, kept)

    def claims(self, returned: Returned, now_s: int) -> dict[str, Any]:
        """Who came. Raises Unavailable, Doubtful."""
        if self.house.via is Via.WECOM:
            return self._wecom(returned.code)
        if self.house.via is Via.DINGTALK:
            return self._dingtalk(returned.code)
        return self._oidc(returned, now_s)

    def issuer_holds(self, said: str | None) -> bool:
        """RFC 9207: an answer that names its issuer must name this one."""
        return said is None or self.house.via is not Via.OIDC or said == self.house.base

    def _oidc(self, returned: Returned, now_s: int) -> dict[str, Any]:
        found = self._discovered()
        call = oidc.token_call(self.house, found, returned.code, returned.back, returned.verifier)
        tokens = self._ask(call)
        keys = self._ask(Call("GET", str(found["jwks_uri"])))
        claims = oidc.claims_of(self.house, tokens, keys, returned.nonce, now_s)
        if self.house.userinfo and oidc.allowed(found.get("userinfo_endpoint"), self.house.named_hosts):
            claims = oidc.with_userinfo(claims, self._ask(oidc.userinfo_call(found, tokens)))  # type: ignore[arg-type]
        return claims

    def _discovered(self) -> dict[str, Any]:
        now = time.monotonic()
        if self._found is None or self._found[0] < now:
            said = self._ask(oidc.discovery_call(self.house))
            self._found = (now + KEPT_S, oidc.checked_discovery(self.house, said))
        return self._found[1]

    def _wecom(self, code: str) -> dict[str, Any]:
        said = self._ask(wecom.who_call(self.house, self._wecom_token(), code))
        if isinstance(said, dict) and said.get("errcode") in wecom.STALE:
            self._token = None
            said = self._ask(wecom.who_call(self.house, self._wecom_token(), code))
        member = wecom.member_of(wecom.answer(said))
        details = wecom.answer(self._ask(wecom.member_call(self.house, self._wecom_token(), member)))
        return wecom.claims_of(member, details)

    def _wecom_token(self) -> str:
        now = time.monotonic()
        if self._token is None or self._token[0] < now:
            said = wecom.answer(self._ask(wecom.token_call(self.house)))
            lasts = min(int(said.get("expires_in", 0)) - 60, 7000)
            self._token = (now + lasts, dingtalk.text_of(said, "access_token"))
        return self._token[1]

    def _dingtalk(self, code: str) -> dict[str, Any]:
        own = dingtalk.text_of(self._ask(dingtalk.user_token_call(self.house, code)), "accessToken")
        union_id = dingtalk.text_of(self._ask(dingtalk.me_call(self.house, own)), "unionId")
        token = dingtalk.text_of(self._ask(dingtalk.app_token_call(self.house)), "accessToken")
        found = dingtalk.result_of(self._ask(dingtalk.member_call(self.house, token, union_id)))
        member = dingtalk.text_of(found, "userid")
        details = dingtalk.result_of(self._ask(dingtalk.details_call(self.house, token, member)))
        return dingtalk.claims_of(union_id, member, details)

    def _ask(self, call: Call) -> object:
        answer = send(call, self.house.named_hosts)
        if answer.fault or answer.status >= 500:
            raise Unavailable(
                lazy("The sign-in house does not answer. Try again, or sign in with account and password.")
            )
        if answer.status != 200:
            raise Doubtful(f"status {answer.status}")
        return oidc.json_of(answer.body)
