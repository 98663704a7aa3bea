"""Gunicorn's settings after a worker has begun: quicker to ask for, and the same."""

from gunicorn.config import Config

from app.serving import settle

PROPERTIES = ("worker_class_str", "address", "is_ssl", "threads", "env")


def test_given_settings_when_settled_then_each_says_what_it_said():
    loose, settled = Config(), Config()
    for each in (loose, settled):
        each.set("keepalive", 7)
        each.set("bind", "127.0.0.1:8123")

    settle(settled)

    names = [*loose.settings, *PROPERTIES]
    # Functions are made anew for each Config; what they are called by is the same.
    assert [_plain(getattr(settled, name)) for name in names] == [_plain(getattr(loose, name)) for name in names]
    assert vars(settled)["keepalive"] == 7


def _plain(value):
    return getattr(value, "__qualname__", value)
