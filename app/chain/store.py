"""What lies outside the database, in the instance folder: the key of the seals and the last head that was sealed."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

KEY, HEAD = "chain-key", "chain-head"


def secret(folder: Path) -> bytes:
    """The key of the seals, made at its first use, readable by the owner only."""
    path = folder / KEY
    if not path.exists():
        fresh = _written(folder, KEY, secrets.token_hex(32))
        # Another process may have been quicker; its key counts.
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def present_secret(folder: Path) -> bytes | None:
    """The key, if there is one: who only looks makes none."""
    return secret(folder) if (folder / KEY).exists() else None


def head(folder: Path) -> tuple[int, bytes] | None:
    """Number and link of the last entry that was sealed from here."""
    with suppress(FileNotFoundError, ValueError):
        number, link = (folder / HEAD).read_text(encoding="ascii").split()
        return int(number), bytes.fromhex(link)
    return None


def keep_head(folder: Path, seq: int, link: bytes) -> None:
    """Remember how far the chain goes; a database that knows less was put back."""
    _written(folder, HEAD, f"{seq} {link.hex()}\n").replace(folder / HEAD)


def _written(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{name}.{os.getpid()}.{secrets.token_hex(4)}"
    fresh.touch(mode=0o600)
    fresh.write_text(content, encoding="ascii")
    return fresh
