"""Label code <-> text in the symbol, with its check character; whatever a camera or keyboard brings is distrusted."""

import re
import secrets
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
MAX_SCAN_LENGTH = 300

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_MODULUS = len(ALPHABET)
# People type what they see: a letter that is not in the alphabet stands for the digit it looks like, dashes vary.
_AS_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1", **dict.fromkeys("-‐‑‒–—−_· \t\r\n", "")})
_ORIGIN = re.compile(r"(https?)://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?", re.ASCII)
_LINK = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.ASCII | re.DOTALL)
_DEFAULT_PORT = {"http": "80", "https": "443"}


class BadCode(ValueError):
    """The text is no label code: wrong length, foreign character or wrong check character."""


class Reason(StrEnum):
    """Why a scan was not followed."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_PLAIN = "not_plain"
    SCHEME = "scheme"
    USERINFO = "userinfo"
    PUNYCODE = "punycode"
    FOREIGN_HOST = "foreign_host"
    PORT = "port"
    PATH = "path"
    CODE = "code"


class ScanRefused(ValueError):
    """A scan that must not be opened; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@lru_cache(maxsize=4096)
def check_character(body: str) -> str:
    """The tenth character for the nine of `body`: ISO 7064, hybrid scheme with modulus 32 over the alphabet."""
    product = _MODULUS
    for character in body:
        total = (_VALUE[character] + product) % _MODULUS or _MODULUS
        product = total * 2 % (_MODULUS + 1)
    return ALPHABET[(1 - product) % _MODULUS]


def new_code() -> str:
    """A fresh code from the system's random source; the caller makes sure that it is unique."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 1))
    return body + check_character(body)


def normalise(text: str) -> str:
    """The one spelling of what was typed: upper case, no dashes or spaces, O=0, I=L=1, full-width letters plain."""
    return unicodedata.normalize("NFKC", text).upper().translate(_AS_TYPED)


def check(code: str) -> bool:
    """Is this, in its one spelling, a code with the right check character?"""
    plain = len(code) == CODE_LENGTH and _VALUE.keys() >= set(code)
    return plain and check_character(code[:-1]) == code[-1]


def read_code(text: str) -> str:
    """The code that somebody typed. Raises BadCode."""
    code = normalise(text[:MAX_SCAN_LENGTH])
    if not check(code):
        raise BadCode(text[:MAX_SCAN_LENGTH])
    return code


def display(code: str) -> str:
    """The code as people read it: XXXXX-XXXXX."""
    return f"{code[:5]}-{code[5:]}"


def symbol_text(base_url: str, code: str) -> str:
    """What the symbol carries, all in upper case so that it fits QR alphanumeric mode.

    `base_url` is scheme, host and port only, anything else raises ValueError: upper case would change a path.
    """
    origin = base_url.rstrip("/")
    if not _ORIGIN.fullmatch(origin):
        raise ValueError(f"a label carries scheme, host and port only, not {base_url!r}")
    if not check(code):
        raise BadCode(code)
    return f"{origin}/P/{code}".upper()


def host_of(base_url: str) -> str:
    """The host, with a port that is not the scheme's own, as printed on the label."""
    match = _ORIGIN.fullmatch(base_url.rstrip("/"))
    if not match:
        raise ValueError(f"a label carries scheme, host and port only, not {base_url!r}")
    return _host_and_port(*match.groups())


def parse_scan(text: str, own_hosts: Collection[str]) -> str:
    """The code in a scanned or typed text. Raises ScanRefused for everything that is not one of our labels.

    `own_hosts` holds lower-case `host` or `host:port`; a port that is the scheme's own is left out.
    """
    scanned = text.strip()
    _refuse_unless_plain(scanned)
    link = _LINK.fullmatch(scanned)
    try:
        return read_code(_path_code(link, own_hosts) if link else scanned)
    except BadCode as error:
        raise ScanRefused(Reason.CODE) from error


def _refuse_unless_plain(scanned: str) -> None:
    if not scanned:
        raise ScanRefused(Reason.EMPTY)
    if len(scanned) > MAX_SCAN_LENGTH:
        raise ScanRefused(Reason.TOO_LONG)
    # Look-alike letters, invisible marks and line breaks have no place in a label; no list of tricks is needed.
    if not (scanned.isascii() and scanned.isprintable()):
        raise ScanRefused(Reason.NOT_PLAIN)


def _path_code(link: re.Match[str], own_hosts: Collection[str]) -> str:
    scheme, rest = link[1].lower(), link[2]
    if scheme not in _DEFAULT_PORT or not rest.startswith("//"):
        raise ScanRefused(Reason.SCHEME)
    # Browsers read a backslash as a slash, so the host ends at either.
    authority, slash, path = re.fullmatch(r"([^/\\?#]*)([/\\?#]?)(.*)", rest[2:]).groups()  # type: ignore[union-attr]
    _refuse_foreign(scheme, authority, own_hosts)
    found = re.fullmatch(r"p/([0-9a-z-]+)", path, re.ASCII | re.IGNORECASE)
    if slash != "/" or not found:
        raise ScanRefused(Reason.PATH)
    return found[1]


def _refuse_foreign(scheme: str, authority: str, own_hosts: Collection[str]) -> None:
    if "@" in authority:
        raise ScanRefused(Reason.USERINFO)
    origin = _ORIGIN.fullmatch(f"{scheme}://{authority}")
    if not origin:
        raise ScanRefused(Reason.FOREIGN_HOST)
    if _host_and_port(*origin.groups()) in own_hosts:
        return
    host = origin[2].lower()
    if any(part.startswith("xn--") for part in host.split(".")):
        raise ScanRefused(Reason.PUNYCODE)
    known = {own.partition(":")[0] for own in own_hosts}
    raise ScanRefused(Reason.PORT if host in known else Reason.FOREIGN_HOST)


def _host_and_port(scheme: str, host: str, port: str | None) -> str:
    own_port = port is None or port == _DEFAULT_PORT[scheme.lower()]
    return host.lower() if own_port else f"{host.lower()}:{port}"
