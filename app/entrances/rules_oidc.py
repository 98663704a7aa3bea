"""OpenID Connect, authorization code with PKCE: what is asked, and what an answer must be to count.

RFC 6749, RFC 7636, RFC 9207, OpenID Connect Core 1.0 section 3.1.3.7.
"""

import base64
import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.entrances.rules import House
from app.messages.rules_addresses import target_of
from app.messages.rules_requests import Call

# Signed by a key of the house; never with the secret that both know, never unsigned.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY_S = 60
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class Doubtful(ValueError):
    """An answer that must not count; the text is a word for the operator, without anything secret."""


def discovery_call(house: House) -> Call:
    """Where a house says what it offers."""
    return Call(
        "GET", f"{house.base.rstrip('/')}/.well-known/openid-configuration", headers={"Accept": "application/json"}
    )


def checked_discovery(house: House, said: object) -> dict[str, Any]:
    """The document when it is of this issuer and its addresses may be called; raises Doubtful."""
    if not isinstance(said, dict) or said.get("issuer") != house.base:
        raise Doubtful("issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not allowed(said.get(name), house.named_hosts):
            raise Doubtful(name)
    return said


def allowed(address: object, named_hosts: Collection[str]) -> bool:
    """https, or a host that the operator has named."""
    return isinstance(address, str) and target_of(address, named_hosts) is not None


def door_address(house: House, found: Mapping[str, Any], back: str, kept: Mapping[str, str]) -> str:
    """Where the browser goes; `kept` holds state, nonce and verifier, of which the verifier stays here."""
    asked = {
        "redirect_uri": back,
        "scope": house.scope,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": create_s256_code_challenge(kept["verifier"]),
        "code_challenge_method": "S256",
    }
    return str(prepare_grant_uri(found["authorization_endpoint"], house.client_id, "code", **asked))


def token_call(house: House, found: Mapping[str, Any], code: str, back: str, verifier: str) -> Call:
    """Code for token: the secret in the header where the house takes it there, else in the body."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = dict(_FORM)
    ways = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if house.secret and "client_secret_basic" in ways:
        pair = f"{quote(house.client_id, safe='')}:{quote(house.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": house.client_id} | ({"client_secret": house.secret} if house.secret else {})
    return Call("POST", str(found["token_endpoint"]), urlencode(form).encode(), headers)


def claims_of(house: House, tokens: object, keys: Any, nonce: str, now_s: int) -> dict[str, Any]:
    """What the id token says, once signature, issuer, audience, times, nonce and at_hash hold; raises Doubtful."""
    if not isinstance(tokens, dict) or not isinstance(tokens.get("id_token"), str):
        raise Doubtful("id_token")
    try:
        read = jwt.decode(tokens["id_token"], KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        options = {
            "iss": {"essential": True, "value": house.base},
            "aud": {"essential": True, "value": house.client_id},
            "exp": {"essential": True},
            "sub": {"essential": True},
        }
        params = {"nonce": nonce, "client_id": house.client_id, "access_token": tokens.get("access_token")}
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(now=now_s, leeway=LEEWAY_S)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as why:
        raise Doubtful(f"id_token {type(why).__name__}") from None
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Doubtful("sub")
    return dict(claims)


def userinfo_call(found: Mapping[str, Any], tokens: Mapping[str, Any]) -> Call:
    """More claims, with the token in the header."""
    headers = {"Authorization": f"Bearer {tokens.get('access_token', '')}", "Accept": "application/json"}
    return Call("GET", str(found.get("userinfo_endpoint", "")), headers=headers)


def with_userinfo(claims: Mapping[str, Any], said: object) -> dict[str, Any]:
    """The claims and those of userinfo, which must be about the same person; the signed ones win."""
    if not isinstance(said, dict) or said.get("sub") != claims["sub"]:
        raise Doubtful("userinfo")
    return {**said, **claims}


def json_of(body: bytes) -> object:
    """Raises Doubtful."""
    try:
        return json.loads(body)
    except ValueError:
        raise Doubtful("json") from None
