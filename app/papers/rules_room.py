"""How many lines of a list stand on the one page of a bulletin, and what is told of the rest: pure."""

from __future__ import annotations

from collections.abc import Sequence


def shared_room(wanted: Sequence[int], room: int) -> list[int]:
    """Lines for each of several lists that share `room` lines; a list that is cut needs one of its lines for the note.

    Every list gets an equal part; what one does not need goes to the others, to the first ones first.
    """
    given = [0] * len(wanted)
    left = room
    while left > 0:
        open_ones = [at for at, want in enumerate(wanted) if given[at] < want]
        if not open_ones:
            break
        part = max(1, left // len(open_ones))
        for at in open_ones:
            more = min(part, wanted[at] - given[at], left)
            given[at] += more
            left -= more
    return given


def shown(wanted: int, given: int) -> tuple[int, int]:
    """(lines of the list that are printed, how many stand on the web page only)."""
    if wanted <= given:
        return wanted, 0
    printed = max(given - 1, 0)
    return printed, wanted - printed
