"""Which addresses may be called: the open internet by https, and inside hosts that the operator has named."""

import ipaddress
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
# NAT64 carries an IPv4 address in its last four bytes (RFC 6052); such an address is judged by what it carries.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
# The first addresses once carried IPv4 too (::127.0.0.1); nobody is there any more.
_COMPATIBLE = ipaddress.ip_network("::/96")
MOST_LETTERS = 2000


@dataclass(frozen=True)
class Target:
    """Where an address leads; `named` says that the operator has allowed the host, inside or not."""

    secure: bool
    host: str
    port: int
    path: str
    named: bool

    @property
    def shown(self) -> str:
        """Host and port, the only part of an address that is for the eye: the rest may be a key."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in (80, 443) else f"{host}:{self.port}"


def target_of(address: str, named_hosts: Collection[str] = ()) -> Target | None:
    """None when it is no address that may be called: https only, http to hosts that the operator has named."""
    if (
        len(address) > MOST_LETTERS
        or not address.isascii()
        or any(letter <= " " or letter == "\x7f" for letter in address)
    ):
        return None
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or "\\" in address:
        return None
    port = port if port is not None else (443 if parts.scheme == "https" else 80)
    named = host in named_hosts or f"{host}:{port}" in named_hosts
    if port == 0 or (parts.scheme == "http" and not named):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port, path, named)


def is_outside(text: str) -> bool:
    """Whether an address as the resolver gave it lies in the open internet, whatever it is wrapped in."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(each.is_global and not each.is_multicast for each in _layers(address))


def all_outside(addresses: Iterable[str]) -> bool:
    """One inside address among several is enough to refuse the name."""
    return all(map(is_outside, addresses))


def _layers(address: Ip) -> list[Ip]:
    """The address and those that it carries: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    found: list[Ip] = [address]
    if address.sixtofour:
        found.append(address.sixtofour)
    if address.teredo:
        found += address.teredo
    if any(address in each for each in (_NAT64, _NAT64_LOCAL, _COMPATIBLE)):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found
