"""What every call of the protocol shares: the body as JSON, the phone's clock, the version, the answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from flask import Request, Response, current_app

from app import clock
from app.checks.actions import Call
from app.days import instant_of
from app.photos.rules_proof import SALT_BYTES, Bearer, hand_out, key_of
from app.refusals import Refusal, TooLarge
from app.web.asked import asked, extension, whole_body
from app.web.classified import unclassified
from app.web.devices import phone_name, sender_name
from app.web.signing import signing_keys
from app.web.words import lazy

MOST_BODY_BYTES = 1_000_000
READ_BYTES = 64 * 1024
_TOO_LARGE = lazy("That is too large to send. Send fewer or smaller photos.")


def body_of_request() -> Mapping[str, Any]:
    """The JSON object of the request; raises TooLarge or a Refusal with a sentence."""
    request = asked()
    length = request.content_length
    if length is not None and length > MOST_BODY_BYTES:
        raise TooLarge(_TOO_LARGE)
    raw = _unmeasured_body(request) if length is None else whole_body(request, length)
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as wrong:
        raise Refusal(lazy("This record cannot be read. Open the page again.")) from wrong
    if not isinstance(body, dict):
        raise Refusal(lazy("This record cannot be read. Open the page again."))
    return unclassified(body, raw)


def _unmeasured_body(request: Request) -> bytes:
    """One that comes without its length, given up as soon as it is longer than allowed."""
    raw = bytearray()
    while piece := request.stream.read(READ_BYTES):
        raw += piece
        if len(raw) > MOST_BODY_BYTES:
            raise TooLarge(_TOO_LARGE)
    return bytes(raw)


def call_now() -> Call:
    """The call as it arrives; a header that is missing or no time means that the phone's clock is not known."""
    return Call(
        received_at=clock.now(),
        phone_time=instant_of(asked().environ.get("HTTP_X_PHONE_TIME", "")),
        zone=extension("settings").zone,
        store=extension("photo_store"),
        phone=sender_name(),
    )


def call_of_form() -> Call:
    """A form without scripts has no clock of its own: the server's stands for it."""
    call = call_now()
    return replace(call, phone_time=call.received_at)


def nonces(person_id: str) -> dict[str, object] | None:
    """A batch for the pictures of a shift, for this person on this phone; none for a phone that we do not know."""
    phone = phone_name()
    if phone is None:
        return None
    key, salt = key_of(signing_keys()[-1]), secrets.token_bytes(SALT_BYTES)
    return hand_out(key, Bearer(person_id, phone), clock.now(), salt).as_json()


def csrf_token() -> str:
    """A token for this session, as forms carry it."""
    make: Any = current_app.jinja_env.globals["csrf_token"]
    return str(make())


def version() -> str:
    """The version of what a phone has loaded: it changes with every change of script or sheet."""
    prefix: str = current_app.extensions["assets"]["prefix"]
    return prefix.rpartition("/v-")[2]


def answer(content: object, status: int = 200) -> Response:
    response = Response(orjson.dumps(content), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
