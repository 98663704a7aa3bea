"""Answers packed for the line, but for those too short to gain from it: they are not even asked."""

from flask import Response
from flask_compress import Compress

# Shorter ones are one packet anyway; nearly every answer to a phone's submission is.
SHORT_BYTES = 600


class Packing(Compress):
    """The library, which asks five headers of an answer before it asks how long it is."""

    def after_request(self, response: Response | None) -> Response:
        """As of the library's."""
        body = response.response if response else None
        if response and isinstance(body, list) and sum(map(len, body)) < SHORT_BYTES:
            return response
        return super().after_request(response)
