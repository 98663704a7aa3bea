"""DABIAO_PHOTO_STORE=s3://…: which bucket, at which server, with which keys, and where photos wait on the way."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

SCHEME = "s3://"
_OPTIONS = ("endpoint", "region", "ca")
FORM = "takes a folder, or s3://bucket/folder?endpoint=https://server:port&region=…&ca=/path/of/authority.pem"


@dataclass(frozen=True)
class Bucket:
    """A bucket and a folder in it; `endpoint` "" means Amazon's own servers, `ca` a file of certificates to trust."""

    name: str
    folder: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    ca: str = ""


@dataclass(frozen=True)
class S3Access:
    """How photos get into a bucket: by these keys, over this folder of the own disk."""

    bucket: Bucket
    spool: Path
    key: str
    secret: str = field(repr=False)


def bucket(text: str) -> Bucket | None:
    """Read s3://…; None where the text names a folder of the disk. Raises ValueError."""
    if not text.startswith(SCHEME):
        return None
    parts = urlsplit(text)
    # A name without a value becomes one with an empty value, which no setting of a bucket has.
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    endpoint = given.get("endpoint", "")
    if not parts.hostname or parts.username or parts.port or parts.fragment:
        raise ValueError(FORM)
    if given.keys() - set(_OPTIONS) or "" in given.values():
        raise ValueError(FORM)
    if endpoint and (urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).hostname):
        raise ValueError(FORM)
    given["endpoint"] = endpoint.rstrip("/")
    return Bucket(parts.netloc, parts.path.strip("/"), **given)
