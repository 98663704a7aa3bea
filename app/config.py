"""Every setting once, typed; a wrong value stops the start with one message that names every wrong setting."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app import config_values as values
from app.config_s3 import S3Access, bucket
from app.web.sealing import FormerKey, former_keys

T = TypeVar("T")
# The name is that of the library: where several workers meet to add up their counts.
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class WrongSettings(Exception):
    """One or more settings do not hold; the message names each with what it takes."""


@dataclass(frozen=True)
class Settings:
    """What the operator can set; README lists each with its unit."""

    instance: Path
    database_url: str
    photo_store: str
    photo_spool: Path
    s3_key: str
    s3_secret: str
    base_url: str
    secret_key: str
    timezone: str
    locale: str
    production: bool
    timer: bool
    max_photo_bytes: int
    max_file_bytes: int
    max_form_bytes: int
    trusted_proxies: int
    service_telephone: str
    service_unit: str
    log: str
    slow_query_ms: int
    metrics_key: str
    metrics_folder: Path | None
    message_hosts: frozenset[str]
    standard_prefix: str
    former_keys: tuple[FormerKey, ...]
    second_factor: str
    preset: str
    sign_in_file: Path

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of the installation and those before it, newest first: what is sealed opens with any of them."""
        return (self.secret_key, *(former.key for former in self.former_keys))

    def signing_keys(self, now: datetime) -> list[str]:
        """Keys whose signatures count now, the newest last as itsdangerous has it."""
        return [*(former.key for former in self.former_keys if now < former.until), self.secret_key]

    @property
    def s3(self) -> S3Access | None:
        """The bucket of the photos; None where they lie in a folder."""
        found = bucket(self.photo_store)
        return S3Access(found, self.photo_spool, self.s3_key, self.s3_secret) if found else None

    def contradictions(self) -> list[str]:
        """What does not go together."""
        found = []
        if self.production and self.trial:
            found.append("DABIAO_BASE_URL must be https when DABIAO_PRODUCTION is 1")
        if self.s3 and not (self.s3_key and self.s3_secret):
            found.append("DABIAO_PHOTO_STORE names a bucket: DABIAO_S3_KEY and DABIAO_S3_SECRET must be set")
        return found

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def local_authority(self) -> Path:
        """The certificate that `dabiao serve --https` asks phones to trust; there only after its first start."""
        return self.instance / "https" / "dabiao-ca.crt"

    @property
    def host(self) -> str:
        """Host and port as the labels print them."""
        return urlsplit(self.base_url).netloc

    @property
    def trial(self) -> bool:
        """Plain http: good for trying, never for duty."""
        return urlsplit(self.base_url).scheme == "http"

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read `DABIAO_…`; raises WrongSettings naming all mistakes together."""
        reader = _Reader(os.environ if env is None else env)
        instance = reader.get("INSTANCE", Path, str(Path.cwd() / "instance"))
        preset = reader.get("PRESET", values.preset, "")
        settings = cls(
            instance=instance,
            database_url=reader.get("DATABASE_URL", values.database_url, f"sqlite:///{instance / 'dabiao.sqlite3'}"),
            **_photos(reader, instance),
            base_url=reader.get("BASE_URL", values.base_url, "http://127.0.0.1:8000"),
            secret_key=reader.get("SECRET_KEY", values.secret_key, "") or _kept_secret(instance),
            timezone=reader.get("TIMEZONE", values.timezone, "Asia/Shanghai"),
            locale=reader.get("LOCALE", values.locale, "zh_Hans_CN"),
            production=reader.get("PRODUCTION", values.flag, "0"),
            timer=reader.get("TIMER", values.flag, "1"),
            **_watched(reader),
            **_limits(reader),
            service_telephone=reader.get("SERVICE_TELEPHONE", str, ""),
            service_unit=reader.get("SERVICE_UNIT", str, ""),
            message_hosts=reader.get("MESSAGE_HOSTS", values.hosts, ""),
            standard_prefix=reader.get("STANDARD_PREFIX", values.prefix, "JGSW"),
            former_keys=reader.get("FORMER_KEYS", former_keys, _kept_former(instance)),
            second_factor=reader.get("SECOND_FACTOR", values.second_factor, "admin" if preset else "off"),
            preset=preset,
            sign_in_file=reader.get("SIGN_IN", Path, str(instance / "sign-in.json")),
        )
        reader.mistakes += settings.contradictions()
        if reader.mistakes:
            raise WrongSettings("wrong settings:\n  " + "\n  ".join(reader.mistakes))
        return settings


def environment(**changes: str) -> dict[str, str]:
    """The environment with these variables set otherwise, for a process that is to be started."""
    return {**os.environ, **changes}


class _Reader:
    """Collects the mistakes of all settings so that they are told at once."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.mistakes: list[str] = []

    def get(self, name: str, parse: Callable[[str], T], default: str) -> T:
        text = self.env.get(f"DABIAO_{name}", "").strip()
        if not text:
            return parse(default)
        try:
            return parse(text)
        except ValueError as why:
            self.mistakes.append(f"DABIAO_{name}={text!r}: {why}")
            return parse(default)


def _kept_secret(instance: Path) -> str:
    """The key made at the first start and kept beside the database, readable by the owner only."""
    path = instance / "secret-key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        fresh = instance / f"secret-key.{os.getpid()}.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        # Another process may have been quicker; its key counts.
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def _kept_former(instance: Path) -> str:
    """What `dabiao secrets rotate` has left beside the key."""
    path = instance / "secret-key.former"
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _photos(reader: _Reader, instance: Path) -> dict[str, Any]:
    return {
        "photo_store": reader.get("PHOTO_STORE", values.photo_store, str(instance / "photos")),
        "photo_spool": reader.get("PHOTO_SPOOL", Path, str(instance / "spool")),
        "s3_key": reader.get("S3_KEY", str, ""),
        "s3_secret": reader.get("S3_SECRET", str, ""),
    }


def _watched(reader: _Reader) -> dict[str, Any]:
    return {
        "log": reader.get("LOG", values.log, "text"),
        "slow_query_ms": reader.get("SLOW_QUERY_MS", values.count, "500"),
        "metrics_key": reader.get("METRICS_KEY", values.metrics_key, ""),
        "metrics_folder": Path(reader.env[METRICS_FOLDER]) if METRICS_FOLDER in reader.env else None,
    }


def _limits(reader: _Reader) -> dict[str, Any]:
    return {
        "max_photo_bytes": reader.get("MAX_PHOTO_BYTES", values.positive, str(12_000_000)),
        "max_file_bytes": reader.get("MAX_FILE_BYTES", values.positive, str(5_000_000)),
        "max_form_bytes": reader.get("MAX_FORM_BYTES", values.positive, str(64_000_000)),
        "trusted_proxies": reader.get("TRUSTED_PROXIES", values.count, "0"),
    }
