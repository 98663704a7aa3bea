"""企业微信 as its house documents it: gettoken, auth/getuserinfo, user/get.

No OpenID Connect: no id token, no nonce, no PKCE. The code comes back once, for the state that the browser brings.
The interfaces carry corpsecret and access_token in the query; these addresses are never shown and never logged.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.entrances.rules import House
from app.entrances.rules_oidc import Doubtful
from app.messages.rules_requests import Call

# Tokens that are over or not taken: ask for another, once.
STALE = (40014, 42001, 41001)


def door_address(house: House, back: str, state: str) -> str:
    """The page with the code to scan."""
    asked = {"login_type": "CorpApp", "appid": house.client_id, "agentid": house.agent_id}
    return f"{house.door}?{urlencode({**asked, 'redirect_uri': back, 'state': state})}"


def token_call(house: House) -> Call:
    asked = {"corpid": house.client_id, "corpsecret": house.secret}
    return Call("GET", f"{house.base}/cgi-bin/gettoken?{urlencode(asked)}")


def who_call(house: House, token: str, code: str) -> Call:
    return Call("GET", f"{house.base}/cgi-bin/auth/getuserinfo?{urlencode({'access_token': token, 'code': code})}")


def member_call(house: House, token: str, member: str) -> Call:
    return Call("GET", f"{house.base}/cgi-bin/user/get?{urlencode({'access_token': token, 'userid': member})}")


def answer(said: object) -> Mapping[str, Any]:
    """The answer when its errcode is 0; raises Doubtful with the code."""
    if not isinstance(said, dict) or said.get("errcode", 0) != 0:
        raise Doubtful(f"errcode {said.get('errcode') if isinstance(said, dict) else '?'}")
    return said


def member_of(said: Mapping[str, Any]) -> str:
    """A member of the own house; a visitor has an openid only and is nobody here."""
    member = said.get("userid") or said.get("UserId")
    if not isinstance(member, str) or not member:
        raise Doubtful("no member")
    return member


def claims_of(member: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Member as claims: `sub` and `userid` are the same, departments are numbers as text."""
    if said.get("status", 1) != 1:
        raise Doubtful("not active")
    kept = {name: said[name] for name in ("name", "department", "main_department", "position") if name in said}
    return {"sub": member, "userid": member, **kept}
