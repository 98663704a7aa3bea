"""Every setting once, typed; a wrong value stops the start with one message that names every wrong setting."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.web.sealing import FormerKey, former_keys

T = TypeVar("T")
# The name is that of the library: where several workers meet to add up their counts.
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LOCALES = ("zh_Hans_CN", "en")
# Who has to show a second factor: nobody (it stays a choice), or administrators and auditors.
SECOND_FACTOR = ("off", "admin")
PRESETS = ("", "mlps2")


class WrongSettings(Exception):
    """One or more settings do not hold; the message names each with what it takes."""


@dataclass(frozen=True)
class Settings:
    """What the operator can set; README lists each with its unit."""

    instance: Path
    database_url: str
    photo_store: str
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
        preset = reader.get("PRESET", _preset, "")
        settings = cls(
            instance=instance,
            database_url=reader.get("DATABASE_URL", _database_url, f"sqlite:///{instance / 'dabiao.sqlite3'}"),
            photo_store=reader.get("PHOTO_STORE", _photo_store, str(instance / "photos")),
            log=reader.get("LOG", _log, "text"),
            slow_query_ms=reader.get("SLOW_QUERY_MS", _count, "500"),
            metrics_key=reader.get("METRICS_KEY", _metrics_key, ""),
            metrics_folder=Path(reader.env[METRICS_FOLDER]) if METRICS_FOLDER in reader.env else None,
            base_url=reader.get("BASE_URL", _base_url, "http://127.0.0.1:8000"),
            secret_key=reader.get("SECRET_KEY", _secret_key, "") or _kept_secret(instance),
            timezone=reader.get("TIMEZONE", _timezone, "Asia/Shanghai"),
            locale=reader.get("LOCALE", _locale, "zh_Hans_CN"),
            production=reader.get("PRODUCTION", _flag, "0"),
            timer=reader.get("TIMER", _flag, "1"),
            max_photo_bytes=reader.get("MAX_PHOTO_BYTES", _positive, str(12_000_000)),
            max_file_bytes=reader.get("MAX_FILE_BYTES", _positive, str(5_000_000)),
            max_form_bytes=reader.get("MAX_FORM_BYTES", _positive, str(64_000_000)),
            trusted_proxies=reader.get("TRUSTED_PROXIES", _count, "0"),
            service_telephone=reader.get("SERVICE_TELEPHONE", str, ""),
            service_unit=reader.get("SERVICE_UNIT", str, ""),
            message_hosts=reader.get("MESSAGE_HOSTS", _hosts, ""),
            standard_prefix=reader.get("STANDARD_PREFIX", _prefix, "JGSW"),
            former_keys=reader.get("FORMER_KEYS", former_keys, _kept_former(instance)),
            second_factor=reader.get("SECOND_FACTOR", _second_factor, "admin" if preset else "off"),
            preset=preset,
            sign_in_file=reader.get("SIGN_IN", Path, str(instance / "sign-in.json")),
        )
        if settings.production and settings.trial:
            reader.mistakes.append("DABIAO_BASE_URL must be https when DABIAO_PRODUCTION is 1")
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


def _database_url(text: str) -> str:
    if text.startswith("postgres://"):
        text = "postgresql://" + text.removeprefix("postgres://")
    if text.startswith("postgresql://"):
        text = "postgresql+psycopg://" + text.removeprefix("postgresql://")
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("takes sqlite:///path or postgresql://…")
    return text


def _photo_store(text: str) -> str:
    if text.startswith("s3://"):
        raise ValueError("takes a folder; the object store comes with a later release")
    return text


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("takes scheme, host and port, such as https://dabiao.example.gov.cn")
    if parts.path not in ("", "/"):
        raise ValueError("takes no path behind the host")
    return f"{parts.scheme}://{parts.netloc}"


def _secret_key(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("takes at least 32 characters")
    return text


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


def _preset(text: str) -> str:
    if text not in PRESETS:
        raise ValueError("takes mlps2 (等保二级) or nothing")
    return text


def _second_factor(text: str) -> str:
    if text not in SECOND_FACTOR:
        raise ValueError(f"takes one of {', '.join(SECOND_FACTOR)}")
    return text


def _metrics_key(text: str) -> str:
    if text and len(text) < 16:
        raise ValueError("takes at least 16 characters")
    return text


def _log(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError("takes text or json")
    return text


def _timezone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError("takes a name of the time zone database, such as Asia/Shanghai") from unknown


def _locale(text: str) -> str:
    if text not in LOCALES:
        raise ValueError(f"takes one of {', '.join(LOCALES)}")
    return text


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("takes 0 or 1")
    return text == "1"


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise ValueError("takes a whole number above 0")
    return int(text)


def _hosts(text: str) -> frozenset[str]:
    found = frozenset(each.strip().lower() for each in text.split(",") if each.strip())
    if any(set(each) & set("/@?# \\") for each in found):
        raise ValueError("takes host names or host:port, commas between, such as sms.example.gov.cn,10.1.2.3:8080")
    return found


def _prefix(text: str) -> str:
    if not (text.isascii() and text.isalpha() and text.isupper() and 2 <= len(text) <= 8):
        raise ValueError("takes 2 to 8 capital letters, such as JGSW")
    return text


def _count(text: str) -> int:
    if not text.isdigit():
        raise ValueError("takes a whole number")
    return int(text)
