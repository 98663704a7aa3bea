"""Words of patrols."""

from app.patrols.rules import Mark
from app.web.words import lazy

MARK_WORDS = {
    Mark.OUT_OF_ORDER: lazy("Out of order"),
    Mark.TOO_SOON: lazy("Too soon after the one before"),
    Mark.TOO_LATE: lazy("Too late after the one before"),
}
