"""Words for parameters of messages whose value is a code."""

from collections.abc import Mapping

from app.messages.rules_channels import FAULT_WORDS
from app.web.words import lazy

# Parameters whose value is a code: parameter name -> code -> word, said in the reader's language.
VALUES: dict[str, Mapping[str, object]] = {
    "standing": {
        "taken": lazy("Taken up"),
        "answered": lazy("Answered"),
        "declined": lazy("Not taken up"),
        "stands": lazy("Upheld"),
        "lifted": lazy("Lifted"),
    },
    "fault": FAULT_WORDS,
    "unit": {"all": lazy("All units")},
    "topic": {
        "paper": lazy("No paper left"),
        "wet": lazy("The floor is wet"),
        "smell": lazy("It smells"),
        "broken": lazy("Something is broken"),
    },
}
