"""钉钉 as its house documents it: oauth2/userAccessToken, contact/users/me, then the member of the own organisation.

No id token and no PKCE here either. The address of the member interfaces carries the app's token in the query.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.entrances.rules import House
from app.entrances.rules_oidc import Doubtful
from app.messages.rules_requests import Call

_JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
OLD_BASE = "https://oapi.dingtalk.com"


def door_address(house: House, back: str, state: str) -> str:
    """The page that asks for consent; it comes back with `authCode`."""
    asked = {"redirect_uri": back, "response_type": "code", "client_id": house.client_id, "scope": "openid"}
    return f"{house.door}?{urlencode({**asked, 'state': state, 'prompt': 'consent'})}"


def user_token_call(house: House, code: str) -> Call:
    asked = {"clientId": house.client_id, "clientSecret": house.secret, "code": code, "grantType": "authorization_code"}
    return Call("POST", f"{house.base}/v1.0/oauth2/userAccessToken", json.dumps(asked).encode(), _JSON)


def me_call(house: House, token: str) -> Call:
    headers = {**_JSON, "x-acs-dingtalk-access-token": token}
    return Call("GET", f"{house.base}/v1.0/contact/users/me", headers=headers)


def app_token_call(house: House) -> Call:
    asked = {"appKey": house.client_id, "appSecret": house.secret}
    return Call("POST", f"{house.base}/v1.0/oauth2/accessToken", json.dumps(asked).encode(), _JSON)


def member_call(house: House, token: str, union_id: str) -> Call:
    return _old(house, "user/getbyunionid", token, {"unionid": union_id})


def details_call(house: House, token: str, member: str) -> Call:
    return _old(house, "v2/user/get", token, {"userid": member})


def _old(house: House, what: str, token: str, asked: Mapping[str, str]) -> Call:
    address = f"{house.old_base or OLD_BASE}/topapi/{what}?{urlencode({'access_token': token})}"
    return Call("POST", address, json.dumps(asked).encode(), _JSON)


def text_of(said: object, name: str) -> str:
    """A text of an answer; raises Doubtful."""
    found = said.get(name) if isinstance(said, dict) else None
    if not isinstance(found, str) or not found:
        raise Doubtful(name)
    return found


def result_of(said: object) -> Mapping[str, Any]:
    """`result` of an interface of the older kind; raises Doubtful: somebody of another organisation is nobody here."""
    if not isinstance(said, dict) or said.get("errcode") != 0 or not isinstance(said.get("result"), dict):
        raise Doubtful(f"errcode {said.get('errcode') if isinstance(said, dict) else '?'}")
    found: Mapping[str, Any] = said["result"]
    return found


def claims_of(union_id: str, member: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Member as claims: `sub` is the unionid, which stays; departments are numbers as text."""
    if said.get("active") is False:
        raise Doubtful("not active")
    kept = {name: said[name] for name in ("name", "dept_id_list", "job_number", "title") if name in said}
    return {"sub": union_id, "userid": member, **kept}
