"""Names, manifests and the choice of what goes."""

from datetime import UTC, datetime, timedelta

import pytest

from app.operations.rules_backup import BadManifest, Manifest, folder_name, made_at, outdated, read_manifest

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WHOLE = Manifest("2026-11-23T01:00:00+00:00", "sqlite", "0033", "ab" * 32, 4096, 2, {"checks": 2}, ["2026-11-22/x"])


def test_given_a_time_in_any_zone_when_named_then_the_name_sorts_and_gives_it_back():
    assert folder_name(NOW) == "20261123T010000Z"
    assert made_at("20261123T010000Z") == NOW
    assert [made_at(name) for name in ("photos", "20261123T010000", "x20261123T010000Z")] == [None] * 3


def test_given_runs_when_kept_for_a_week_then_older_ones_go_and_the_newest_stays():
    names = [folder_name(NOW - timedelta(days=days)) for days in (0, 7, 8, 30)]

    assert outdated([*names, "photos"], NOW, timedelta(days=7)) == [names[3], names[2]]
    assert outdated([names[3]], NOW, timedelta(days=7)) == []
    assert outdated([], NOW, timedelta(0)) == []


def test_given_a_manifest_when_written_and_read_then_it_is_the_same():
    assert read_manifest(WHOLE.plain()) == WHOLE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 2}, "format 1"),
        ({"dialect": "oracle"}, "oracle"),
        ({"surplus": 1}, "unknown ones"),
    ],
)
def test_given_a_manifest_of_another_kind_when_read_then_it_is_refused(change, words):
    with pytest.raises(BadManifest, match=words):
        read_manifest(WHOLE.plain() | change)
    with pytest.raises(BadManifest, match="format 1"):
        read_manifest([])
