"""Where a person may be sent on to: own relative paths only."""

from urllib.parse import urlsplit


def own_path(wanted: str | None, otherwise: str = "/") -> str:
    """The wanted path when, read as a browser reads it, it stays on this site; else `otherwise`."""
    text = (wanted or "").strip().replace("\\", "/")
    text = "".join(letter for letter in text if letter >= " " and letter != "\x7f")
    parts = urlsplit(text)
    if not text.startswith("/") or text.startswith("//") or parts.scheme or parts.netloc:
        return otherwise
    return text
