"""What the program says no with: plain exceptions that carry a status, a problem slug and a sentence."""

from collections.abc import Mapping


class Refusal(Exception):
    """A refusal that a person can read.

    `sentence` says in the person's language what to do next; `fields` maps a field or step to its own sentence;
    `extra` is added to the JSON problem document as it is.
    """

    status = 400
    problem = "bad-request"

    def __init__(
        self,
        sentence: object = "",
        *,
        problem: str | None = None,
        fields: Mapping[str, object] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = dict(fields or {})
        self.extra = dict(extra or {})
        if problem:
            self.problem = problem


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session has ended."""

    status, problem = 401, "sign-in-needed"


class Forbidden(Refusal):
    """The person's role or scope does not reach this."""

    status, problem = 403, "forbidden"


class NotFound(Refusal):
    """There is no such thing for this person."""

    status, problem = 404, "not-found"


class Conflict(Refusal):
    """Somebody or something else came first."""

    status, problem = 409, "conflict"


class Stale(Conflict):
    """The page was older than what it wanted to change."""

    problem = "stale"


class Gone(Refusal):
    """It was here and has been withdrawn."""

    status, problem = 410, "gone"


class TooLarge(Refusal):
    """More bytes or pixels than allowed."""

    status, problem = 413, "too-large"


class Unsupported(Refusal):
    """A type of file that is not taken."""

    status, problem = 415, "unsupported-type"


class Invalid(Refusal):
    """The content does not hold; `fields` says where."""

    status, problem = 422, "invalid"


class TooMany(Refusal):
    """Too many tries; wait."""

    status, problem = 429, "too-many"


class Unavailable(Refusal):
    """The server cannot do it just now; trying again later is right."""

    status, problem = 503, "unavailable"


class StorageFull(Refusal):
    """No room is left for another file."""

    status, problem = 507, "storage-full"
