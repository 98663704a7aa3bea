"""Given the environment, when settings are read, then each is typed and all mistakes are named together."""

import pytest

from app.config import Settings, WrongSettings
from app.config_s3 import Bucket, S3Access


def read(tmp_path, **given: str) -> Settings:
    return Settings.from_env(
        {"DABIAO_INSTANCE": str(tmp_path)} | {f"DABIAO_{key}": text for key, text in given.items()}
    )


def test_given_nothing_when_read_then_the_defaults_hold(tmp_path):
    settings = read(tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path / 'dabiao.sqlite3'}"
    assert (settings.timezone, settings.locale, settings.trial) == ("Asia/Shanghai", "zh_Hans_CN", True)


def test_given_several_wrong_values_when_read_then_one_message_names_them_all(tmp_path):
    with pytest.raises(WrongSettings) as wrong:
        read(
            tmp_path,
            TIMEZONE="Mars/Base",
            LOCALE="fr",
            MAX_PHOTO_BYTES="-1",
            BASE_URL="ftp://x",
            PHOTO_STORE="s3://b/p?colour=red",
        )

    message = str(wrong.value)
    assert all(
        f"DABIAO_{name}" in message for name in ("TIMEZONE", "LOCALE", "MAX_PHOTO_BYTES", "BASE_URL", "PHOTO_STORE")
    )


@pytest.mark.parametrize(
    "address", ["https://a:b@host", "https://host/path", "https://host?q=1", "javascript:1", "//host"]
)
def test_given_a_base_url_with_more_than_host_and_port_when_read_then_it_is_refused(tmp_path, address):
    with pytest.raises(WrongSettings, match="DABIAO_BASE_URL"):
        read(tmp_path, BASE_URL=address)


def test_given_production_on_plain_http_when_read_then_it_is_refused(tmp_path):
    with pytest.raises(WrongSettings, match="must be https"):
        read(tmp_path, PRODUCTION="1", BASE_URL="http://dabiao.example.gov.cn")


def test_given_no_secret_when_read_twice_then_the_same_key_is_kept_for_the_owner_only(tmp_path):
    first, second = read(tmp_path), read(tmp_path)

    assert first.secret_key == second.secret_key and len(first.secret_key) >= 48
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_given_a_postgresql_address_when_read_then_the_driver_is_named(tmp_path):
    assert read(tmp_path, DATABASE_URL="postgres://u@h/d").database_url == "postgresql+psycopg://u@h/d"
    assert read(tmp_path, DATABASE_URL="postgresql://u@h/d").database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    "store",
    ["s3://", "s3://b?endpoint=minio:9000", "s3://u:p@b", "s3://b:9000", "s3://b?x=1", "s3://b#x", "s3://b?endpoint"],
)
def test_given_a_bucket_that_cannot_be_read_when_read_then_the_form_is_told(tmp_path, store):
    with pytest.raises(WrongSettings, match=r"DABIAO_PHOTO_STORE.*endpoint=https"):
        read(tmp_path, PHOTO_STORE=store, S3_KEY="k", S3_SECRET="s")


def test_given_a_bucket_when_read_then_server_folder_and_spool_are_known_and_the_key_is_asked_for(tmp_path):
    store = "s3://photos/site/one/?endpoint=https://s3.inside.example:9000/&region=cn-1&ca=/etc/ca.pem"

    access = read(tmp_path, PHOTO_STORE=store, S3_KEY="k", S3_SECRET="quiet").s3

    bucket = Bucket("photos", "site/one", "https://s3.inside.example:9000", "cn-1", "/etc/ca.pem")
    assert access == S3Access(bucket, tmp_path / "spool", "k", "quiet")
    assert "quiet" not in repr(access)
    with pytest.raises(WrongSettings, match="DABIAO_S3_SECRET must be set"):
        read(tmp_path, PHOTO_STORE="s3://photos", S3_KEY="k")
