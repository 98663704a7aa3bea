"""The one thing read from EXIF before it is cut: which way up the picture was taken; pure."""

from typing import Literal

UPRIGHT = 1
_ORIENTATION = 0x0112
_SHORT = 3
_ENTRY_BYTES = 12
_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}


def orientation_in(exif: bytes) -> int:
    """EXIF orientation 1..8 of a TIFF block, with or without its prefix; anything unreadable counts as upright."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return UPRIGHT
    start = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[start : start + 2], order)
    entries = tiff[start + 2 : start + 2 + count * _ENTRY_BYTES]
    for at in range(0, len(entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        if int.from_bytes(entries[at : at + 2], order) == _ORIENTATION:
            kind = int.from_bytes(entries[at + 2 : at + 4], order)
            value = int.from_bytes(entries[at + 8 : at + 10], order)
            return value if kind == _SHORT and 1 <= value <= 8 else UPRIGHT
    return UPRIGHT
