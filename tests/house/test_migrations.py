"""Migrations are numbered in sequence, each on the one before, and together make exactly the models."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.db import db
from tests.support.house import ROOT, plant

NAME = re.compile(r"^(\d{4})_[a-z0-9_]+\.py$")
REVISION = re.compile(r"""^(down_revision|revision)(?:: [^=]+)? = (?:["']([^"']+)["']|None)""", re.MULTILINE)


def faults(root: Path) -> list[str]:
    files = sorted(path for path in (root / "migrations/versions").glob("*.py") if path.name != "__init__.py")
    found = []
    for number, path in enumerate(files, 1):
        named = NAME.match(path.name)
        links = {key: value or None for key, value in REVISION.findall(path.read_text("utf-8"))}
        wanted = {"revision": f"{number:04}", "down_revision": f"{number - 1:04}" if number > 1 else None}
        if not named or int(named[1]) != number:
            found.append(f"{path.name} should be number {number:04}")
        elif links != wanted:
            found.append(f"{path.name} says {links}, should say {wanted}")
    return found


def test_given_the_migrations_when_listed_then_they_are_in_sequence():
    found = faults(ROOT)

    assert not found, "\n".join(found)


def test_given_a_migrated_database_when_compared_with_the_models_then_nothing_differs(inside):
    with db.engine.connect() as link:
        differences = compare_metadata(MigrationContext.configure(link, opts={"compare_type": True}), db.metadata)

    assert differences == []


def test_given_planted_migrations_when_listed_then_each_fault_is_named(tmp_path):
    plant(tmp_path, "migrations/versions/0001_first.py", 'revision = "0001"\ndown_revision = None\n')
    plant(tmp_path, "migrations/versions/0003_gap.py", 'revision = "0003"\ndown_revision = "0001"\n')
    plant(tmp_path, "migrations/versions/a1b2_odd.py", 'revision = "a1b2"\ndown_revision = "0003"\n')

    assert len(faults(tmp_path)) == 2
