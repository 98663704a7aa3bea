"""The local certificate of `dabiao serve --https`: a small authority kept in the instance folder, and a leaf."""

import ipaddress
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app import clock
from app.config import Settings
from app.web.origins import OWN_MACHINE

Key = ec.EllipticCurvePrivateKey
# An authority on a phone is trusted for everything it may sign; this one may sign for inside networks only.
INSIDE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")
AUTHORITY_DAYS = 730
LEAF_DAYS = 365  # iPhones take no leaf of more than 825 days, some browsers none of more than 398
RENEW_DAYS = 30


@dataclass(frozen=True)
class LocalCertificate:
    """Where the files lie, and the authority's SHA-256 fingerprint as phones show it."""

    authority: Path
    chain: Path
    key: Path
    fingerprint: str


def local_certificate(settings: Settings, base_url: str) -> LocalCertificate:
    """Files for these addresses; what was made earlier is kept as long as it fits, so that phones need no new one."""
    names = {urlsplit(base_url).hostname or "", *OWN_MACHINE}
    folder = settings.local_authority.parent
    folder.mkdir(parents=True, exist_ok=True)
    authority = _authority(folder, settings.local_authority, names)
    chain, key = folder / "server.crt", folder / "server.key"
    if not _fits(chain, names, authority[0]) or not key.exists():
        _sign(authority, names, chain, key)
    told = authority[0].fingerprint(hashes.SHA256()).hex(":").upper()
    return LocalCertificate(settings.local_authority, chain, key, told)


def _authority(folder: Path, path: Path, names: Iterable[str]) -> tuple[x509.Certificate, Key]:
    """The authority of this folder; a new one when it runs out or may not sign for one of the names."""
    key_path = folder / "authority.key"
    if path.exists() and key_path.exists():
        kept = x509.load_pem_x509_certificate(path.read_bytes())
        key = load_pem_private_key(key_path.read_bytes(), None)
        allowed = kept.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
        if isinstance(key, Key) and _lasts(kept) and all(_covered(name, allowed) for name in names):
            return kept, key
    key = ec.generate_private_key(ec.SECP256R1())
    made = _made_authority(key, names)
    _write(key_path, _pem(key))
    _write(path, made.public_bytes(Encoding.PEM))
    return made, key


def _made_authority(key: Key, names: Iterable[str]) -> x509.Certificate:
    permitted: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(net)) for net in INSIDE]
    permitted += [x509.DNSName("localhost")]
    permitted += [_alone(name) for name in sorted(names) if not _covered(name, permitted)]
    title = f"Dabiao trial {socket.gethostname()} {clock.now():%Y-%m-%d}"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])])
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        _begun(subject, subject, key, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _sign(authority: tuple[x509.Certificate, Key], names: Iterable[str], chain: Path, key_path: Path) -> None:
    issuer, issuer_key = authority
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dabiao")])
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    leaf = (
        _begun(subject, issuer.subject, key, LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in sorted(names)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer_id, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    _write(key_path, _pem(key))
    _write(chain, leaf.public_bytes(Encoding.PEM) + issuer.public_bytes(Encoding.PEM))


def _begun(subject: x509.Name, issuer: x509.Name, key: Key, days: int) -> x509.CertificateBuilder:
    # A day early: phones whose clock is behind would refuse a certificate of the future.
    start = clock.now() - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
    )


def _fits(chain: Path, names: Iterable[str], issuer: x509.Certificate) -> bool:
    if not chain.exists():
        return False
    leaf = x509.load_pem_x509_certificates(chain.read_bytes())[0]
    held = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    try:
        leaf.verify_directly_issued_by(issuer)
    except Exception:  # noqa: BLE001  signed by an earlier authority, whatever the library calls that
        return False
    return _lasts(leaf) and {_general(name) for name in names} <= set(held)


def _lasts(certificate: x509.Certificate) -> bool:
    return certificate.not_valid_after_utc > clock.now() + timedelta(days=RENEW_DAYS)


def _covered(name: str, allowed: Iterable[x509.GeneralName]) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return x509.DNSName(name) in allowed
    return any(address in ipaddress.ip_network(each.value) for each in allowed if isinstance(each, x509.IPAddress))


def _general(name: str) -> x509.IPAddress | x509.DNSName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _alone(name: str) -> x509.GeneralName:
    """The constraint that lets this name through: the address alone, the name with what stands below it."""
    general = _general(name)
    return general if isinstance(general, x509.DNSName) else x509.IPAddress(ipaddress.ip_network(name))


def _pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and readable by the owner only."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(path)
