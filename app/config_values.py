"""What a setting takes: text into value, or a ValueError that says what it should have been."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.config_s3 import bucket

LOCALES = ("zh_Hans_CN", "en")
# Who has to show a second factor: nobody (it stays a choice), or administrators and auditors.
SECOND_FACTOR = ("off", "admin")
PRESETS = ("", "mlps2")


def database_url(text: str) -> str:
    if text.startswith("postgres://"):
        text = "postgresql://" + text.removeprefix("postgres://")
    if text.startswith("postgresql://"):
        text = "postgresql+psycopg://" + text.removeprefix("postgresql://")
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("takes sqlite:///path or postgresql://…")
    return text


def photo_store(text: str) -> str:
    bucket(text)
    return text


def base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("takes scheme, host and port, such as https://dabiao.example.gov.cn")
    if parts.path not in ("", "/"):
        raise ValueError("takes no path behind the host")
    return f"{parts.scheme}://{parts.netloc}"


def secret_key(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("takes at least 32 characters")
    return text


def preset(text: str) -> str:
    if text not in PRESETS:
        raise ValueError("takes mlps2 or nothing")
    return text


def second_factor(text: str) -> str:
    if text not in SECOND_FACTOR:
        raise ValueError(f"takes one of {', '.join(SECOND_FACTOR)}")
    return text


def metrics_key(text: str) -> str:
    if text and len(text) < 16:
        raise ValueError("takes at least 16 characters")
    return text


def log(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError("takes text or json")
    return text


def timezone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError("takes a name of the time zone database, such as Asia/Shanghai") from unknown


def locale(text: str) -> str:
    if text not in LOCALES:
        raise ValueError(f"takes one of {', '.join(LOCALES)}")
    return text


def flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("takes 0 or 1")
    return text == "1"


def positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise ValueError("takes a whole number above 0")
    return int(text)


def hosts(text: str) -> frozenset[str]:
    found = frozenset(each.strip().lower() for each in text.split(",") if each.strip())
    if any(set(each) & set("/@?# \\") for each in found):
        raise ValueError("takes host names or host:port, commas between, such as sms.example.gov.cn,10.1.2.3:8080")
    return found


def prefix(text: str) -> str:
    if not (text.isascii() and text.isalpha() and text.isupper() and 2 <= len(text) <= 8):
        raise ValueError("takes 2 to 8 capital letters, such as JGSW")
    return text


def count(text: str) -> int:
    if not text.isdigit():
        raise ValueError("takes a whole number")
    return int(text)
