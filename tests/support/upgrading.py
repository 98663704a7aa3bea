"""A site as the first version left it: rows and files that its own code wrote, brought to its own schema."""

import base64
import json
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from app.config_values import database_url as _database_url
from tests.support.databases import let_go, make_app

SITE = json.loads((Path(__file__).parents[1] / "operations/data/site_0003.json").read_text("utf-8"))


def lay_out(url, instance):
    """The schema of that version by its migrations, then its rows and its photos."""
    app = make_app(url, instance)
    with app.app_context():
        upgrade(revision=SITE["revision"])
    let_go(app)
    engine = create_engine(_database_url(url))
    with engine.begin() as link:
        for table, rows in SITE["tables"].items():
            _insert(link, table, rows)
    engine.dispose()
    for place, content in SITE["photos"].items():
        path = instance / "photos" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def _insert(link, table, rows):
    names, postgres = list(rows[0]), link.dialect.name == "postgresql"
    marks = ", ".join(["%s" if postgres else "?"] * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    driver = link.connection.driver_connection
    if postgres:
        link.execute(text("SET LOCAL TIME ZONE 'UTC'"))
    values = [tuple(_value(row[name]) for name in names) for row in rows]
    cursor = driver.cursor()
    cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)
    cursor.close()
    if postgres and "id" in names and isinstance(rows[0]["id"], int):
        counted = f"pg_get_serial_sequence('{table}', 'id')"
        link.execute(text(f"SELECT setval({counted}, (SELECT max(id) FROM {table})) WHERE {counted} IS NOT NULL"))


def _value(value):
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value
