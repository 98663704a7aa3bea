"""Files that a command writes where somebody said: whole or not at all, with the disk's own words when not."""

import secrets
from pathlib import Path

import click


def write_whole(path: Path, content: bytes) -> None:
    """What stood there before stays until the new file is whole. Raises ClickException."""
    # A pipe or /dev/stdout takes what it is given; there is nothing to replace.
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}") if path.is_file() or not path.exists() else path
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as no:
        if aside != path:
            aside.unlink(missing_ok=True)
        raise click.ClickException(f"{path} was not written: {no.strerror}") from no
