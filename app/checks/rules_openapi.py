"""The protocol as an OpenAPI document, kept by hand beside docs/protocol.md; a test holds it to the routes."""

from __future__ import annotations

from typing import Any

from app.checks.rules_schemas import SCHEMAS

Json = dict[str, Any]

PROBLEM = {"$ref": "#/components/schemas/Problem"}
PROBLEMS = {
    "400": "Not readable",
    "401": "Sign in; what is queued waits",
    "403": "csrf, other-person or out of scope",
    "404": "Unknown code, record or claim",
    "409": "conflict, missing-photos, claimed or already-done",
    "410": "The label was withdrawn",
    "413": "Too many bytes or pixels",
    "415": "A type that is not taken",
    "422": "Fields that do not hold, each with a sentence",
    "429": "Too many tries",
    "503": "Busy; try again",
}


def _call(
    summary: str, answers: Json, problems: list[str], parameters: list[Json] | None = None, *, write: bool = False
) -> Json:
    headers = [_header("X-Phone-Time")] + ([_header("X-CSRF-Token")] if write else [])
    return {
        "summary": summary,
        "parameters": [*(parameters or []), *headers],
        "responses": {
            **{status: _answer("Done", "application/json", _ref(name)) for status, name in answers.items()},
            **{each: _answer(PROBLEMS[each], "application/problem+json", PROBLEM) for each in problems},
        },
    }


def _write(summary: str, body: str, answers: Json, problems: list[str], parameters: list[Json] | None = None) -> Json:
    call = _call(summary, answers, ["401", "403", *problems], parameters, write=True)
    return {**call, "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(body)}}}}


SOUNDS = ["audio/aac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm"]


def _upload(summary: str, types: list[str], answer: str) -> Json:
    headers = [_header("X-Person"), *map(_header, ("X-Taken-At", "X-Source", "X-Nonce"))]
    problems = ["401", "403", "409", "413", "415", "422", "503"]
    call = _call(summary, {"201": answer, "200": answer}, problems, [_uuid("photo_id"), *headers], write=True)
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {**call, "requestBody": {"required": True, "content": dict.fromkeys(types, binary)}}


def _answer(description: str, media_type: str, schema: Json) -> Json:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _in_path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _uuid(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def _in_query(name: str) -> Json:
    return {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}


def _header(name: str) -> Json:
    return {"name": name, "in": "header", "required": False, "schema": {"type": "string"}}


PATHS: Json = {
    "/session": {"get": _call("Who is signed in, and a fresh CSRF token", {"200": "Session"}, ["401"])},
    "/points/{code}": {
        "get": _call(
            "What may be done at a point now",
            {"200": "PointPage"},
            ["401", "403", "404", "410", "422"],
            [_in_path("code"), _in_query("standard"), _in_query("profile")],
        )
    },
    "/today": {"get": _call("The person's whole round, with an ETag", {"200": "Today"}, ["401"])},
    "/claims": {
        "post": _write("Take an occurrence in hand", "ClaimWish", {"201": "Claimed", "200": "Claimed"}, ["409", "422"])
    },
    "/claims/{claim_id}": {
        "delete": _call("Give it back", {"200": "Released"}, ["401", "403", "404"], [_uuid("claim_id")], write=True)
    },
    "/checks": {
        "post": _write(
            "Submit a check",
            "Submission",
            {"201": "Receipted", "200": "Receipted"},
            ["400", "404", "409", "410", "413", "422", "503"],
        )
    },
    "/arrivals": {
        "post": _write(
            "Say that a check was done whose photos wait for a Wi-Fi",
            "Arrival",
            {"201": "Arrived", "200": "Arrived"},
            ["400", "404", "409", "413", "422", "503"],
        )
    },
    "/receipts/unknown": {
        "post": _write(
            "Which of these checks the server does not know, after an older copy of it was put back",
            "ReceiptsOffered",
            {"200": "ReceiptsUnknown"},
            ["400", "413", "422"],
        )
    },
    "/stickers": {
        "post": _write(
            "Report a foreign code that the scanner refused",
            "StickerReport",
            {"201": "StickerKept", "200": "StickerKept"},
            ["403", "409", "413", "422", "429"],
        )
    },
    "/signatures": {
        "post": _write(
            "A second signature by PIN on the author's phone",
            "PinSignature",
            {"201": "Signed", "200": "Signed"},
            ["409", "422", "429"],
        )
    },
    "/checks/{check_id}/signatures": {
        "post": _write(
            "A second signature on the signer's own phone",
            "OwnSignature",
            {"201": "SignedReceipt", "200": "SignedReceipt"},
            ["404", "409", "422"],
            [_uuid("check_id")],
        )
    },
    "/checks/{check_id}/photos": {
        "post": _write(
            "Photos taken again",
            "Retake",
            {"201": "Receipted", "200": "Receipted"},
            ["404", "409", "422"],
            [_uuid("check_id")],
        )
    },
    "/photos/{photo_id}": {"put": _upload("Keep a photo", ["image/jpeg", "image/png", "image/webp"], "KeptPhoto")},
    "/files/{photo_id}": {"put": _upload("Keep a voice memo", SOUNDS, "KeptFile")},
    "/openapi.json": {"get": _call("This document", {"200": "Anything"}, ["401"])},
}


def document() -> Json:
    """The whole document, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dabiao submission protocol",
            "version": "1",
            "description": "Every call can be repeated; nothing is lost, nothing counts twice. Every call carries "
            "X-Phone-Time; session calls that write carry X-CSRF-Token from GET /session.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"session": []}],
        "paths": PATHS,
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "dabiao"}},
            "schemas": SCHEMAS,
        },
    }
