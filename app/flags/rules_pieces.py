"""The index of likeness in numbers: four pieces of 16 bits and their neighbours lead to every hash within seven bits.

Two hashes that differ in at most seven bits agree in some piece but for one bit at most; so looking at each piece and
its sixteen one-bit neighbours misses none. The bits of a piece lie apart in the picture, which spreads them evenly.
"""

from __future__ import annotations

SIDE, PIECES, PIECE_BITS = 8, 4, 16
REACH = 7
"""Exact recall up to this distance."""
_BIT = 1 << PIECE_BITS


def positions() -> tuple[tuple[int, ...], ...]:
    """Which bits make up each piece: every second line and every second column, as app/photos/imaging lays them out."""
    held: list[list[int]] = [[] for _ in range(PIECES)]
    for line in range(SIDE):
        for column in range(SIDE):
            held[line % 2 * 2 + column % 2].append(SIDE * SIDE - 1 - (line * SIDE + column))
    return tuple(tuple(each) for each in held)


_WHERE = positions()


def pieces(bits: int) -> list[int]:
    """The four keys under which a hash stands; signed or not."""
    return [number * _BIT + _gathered(bits, where) for number, where in enumerate(_WHERE)]


def probes(bits: int) -> list[int]:
    """The 68 keys under which every hash within REACH stands at least once."""
    return [key for piece in pieces(bits) for key in (piece, *(piece ^ (1 << bit) for bit in range(PIECE_BITS)))]


def _gathered(bits: int, where: tuple[int, ...]) -> int:
    found = 0
    for position in where:
        found = found << 1 | bits >> position & 1
    return found
