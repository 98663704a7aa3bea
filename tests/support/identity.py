"""Sign-in houses on loopback for tests: an OpenID Connect provider that can lie, and stubs of 企业微信 and 钉钉.

The two stubs speak the wire as their houses document it; nothing here has ever talked to the real ones.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "dabiao-client", "a-secret-of-the-house"
_KEYS = {}


def key_named(name):
    if name not in _KEYS:
        _KEYS[name] = RSAKey.generate_key(2048, {"kid": name, "use": "sig"})
    return _KEYS[name]


class House:
    """`lies` changes what comes back: a dict of claims to change (None leaves one out), or one of the words below."""

    def __init__(self, url):
        self.url, self.asked, self.codes = url, [], {}
        self.claims = {"sub": "u-1", "name": "王小明", "department": "clean"}
        self.lies, self.wrong_key, self.algorithm, self.issuer, self.secret_in = {}, False, "RS256", url, ""
        self.member = {"errcode": 0, "userid": "WangXM", "name": "王小明", "department": [3, 7], "status": 1}
        self.who = {"errcode": 0, "userid": "WangXM"}
        self.stale_once = False
        self.ding = {"userid": "m-7", "name": "李梅", "dept_id_list": [3], "active": True}

    def code(self, asked):
        """What the browser brings back after the person has agreed."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return code

    def id_token(self, nonce, access):
        now = int(time.time())
        half = base64.urlsafe_b64encode(hashlib.sha256(access.encode()).digest()[:16]).decode().rstrip("=")
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, "at_hash": half}
        claims = {**claims, **self.claims, **self.lies}
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            parts = [{"alg": "none"}, claims]
            cut = [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in parts]
            return ".".join([*cut, ""])
        if self.algorithm == "HS256":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 2), algorithms=["HS256"])
        key = key_named("other" if self.wrong_key else "own")
        return jwt.encode({"alg": "RS256", "kid": "own"}, claims, key)

    def answer(self, method, path, query, headers, body):
        self.asked.append((method, path, query, dict(headers), body))
        plain = _ANSWERS.get(path)
        return plain(self, query, headers, body) if plain else (404, {})


def _discovery(house, *_rest):
    return 200, {
        "issuer": house.issuer,
        "authorization_endpoint": f"{house.url}/authorize",
        "token_endpoint": f"{house.url}/token",
        "jwks_uri": f"{house.url}/keys",
        "userinfo_endpoint": f"{house.url}/userinfo",
    }


def _token(house, _query, headers, body):
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    asked = house.codes.pop(form.get("code"), None)
    pair = base64.b64decode(headers.get("Authorization", "Basic ").removeprefix("Basic ")).decode()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
    if asked is None or pair != f"{CLIENT}:{SECRET}" or form.get("redirect_uri") != asked["redirect_uri"]:
        return 400, {"error": "invalid_grant"}
    if asked["code_challenge_method"] != "S256" or asked["code_challenge"] != challenge.decode().rstrip("="):
        return 400, {"error": "invalid_grant"}
    access = secrets.token_urlsafe(8)
    return 200, {"access_token": access, "token_type": "Bearer", "id_token": house.id_token(asked["nonce"], access)}


def _wecom_token(house, query, *_rest):
    right = (query.get("corpid"), query.get("corpsecret")) == (CLIENT, SECRET)
    return 200, {"errcode": 0, "access_token": "t-app", "expires_in": 7200} if right else {"errcode": 40013}


def _wecom_who(house, query, *_rest):
    if house.stale_once:
        house.stale_once = False
        return 200, {"errcode": 42001, "errmsg": "access_token expired"}
    known = query.get("access_token") == "t-app" and house.codes.pop(query.get("code"), None) is not None
    return 200, house.who if known else {"errcode": 40029, "errmsg": "invalid code"}


def _ding_user(house, _query, _headers, body):
    asked = json.loads(body)
    right = (asked["clientId"], asked["clientSecret"], asked["grantType"]) == (CLIENT, SECRET, "authorization_code")
    if not right or house.codes.pop(asked["code"], None) is None:
        return 400, {"code": "invalidParameter.authCode.notFound"}
    return 200, {"accessToken": "t-user", "refreshToken": "r", "expireIn": 7200}


def _ding_old(field):
    def answer(house, query, _headers, body):
        right = query.get("access_token") == "t-app" and json.loads(body) in ({"unionid": "un-1"}, {"userid": "m-7"})
        found = {"contact_type": 0, "userid": "m-7"} if field == "short" else house.ding
        return 200, {"errcode": 0, "result": found} if right else {"errcode": 60121, "errmsg": "找不到该用户"}

    return answer


_ANSWERS = {
    "/.well-known/openid-configuration": _discovery,
    "/token": _token,
    "/keys": lambda *_: (200, {"keys": [key_named("own").as_dict(private=False)]}),
    "/userinfo": lambda house, *_: (200, {**house.claims, "groups": ["g-1"]}),
    "/cgi-bin/gettoken": _wecom_token,
    "/cgi-bin/auth/getuserinfo": _wecom_who,
    "/cgi-bin/user/get": lambda house, *_: (200, house.member),
    "/v1.0/oauth2/userAccessToken": _ding_user,
    "/v1.0/oauth2/accessToken": lambda *_: (200, {"accessToken": "t-app", "expireIn": 7200}),
    "/v1.0/contact/users/me": lambda _house, _query, headers, _body: (
        (200, {"unionId": "un-1", "nick": "阿梅"})
        if headers.get("x-acs-dingtalk-access-token") == "t-user"
        else (401, {"code": "InvalidAuthentication"})
    ),
    "/topapi/user/getbyunionid": _ding_old("short"),
    "/topapi/v2/user/get": _ding_old("long"),
}


@contextmanager
def house():
    """A house that listens on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, said = made.answer(self.command, parts.path, query, self.headers, body)
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_GET  # noqa: N815  the name is fixed

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = House(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def declare(path, houses):
    """The file of the operator."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"houses": houses}), "utf-8")
    path.chmod(0o600)
    return str(path)


def asked_of(location):
    """The query of an address as plain texts."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def returned(house_id, **query):
    return f"/entrances/{house_id}/back?{urlencode(query)}"
