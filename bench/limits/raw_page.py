"""The limit of a page: raw WSGI, five SELECTs on SQLite, one Jinja template of about nine kilobytes."""

import os
import sqlite3
import threading
from pathlib import Path

from jinja2 import Environment

FOLDER = Path(os.environ.get("LIMIT_FOLDER", "."))
_here = threading.local()
STEPS = 20
_TEMPLATE = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="zh-CN"><head><title>{{ point.name }}</title>
<style>{{ css }}</style></head><body>
<h1>{{ point.name }}</h1><p>{{ person.name }} · {{ window.name }}</p><form method="post">
{% for step in steps %}<fieldset id="{{ step.id }}" class="step {{ 'key' if step.key }}">
<legend>{{ step.title }}</legend>
<p>{{ step.requirement }}</p>{% if step.key %}<span class="chip">关键</span>{% endif %}
<label><input type="radio" name="{{ step.id }}" value="pass"> 合格</label>
<label><input type="radio" name="{{ step.id }}" value="fail"> 有问题</label></fieldset>{% endfor %}
<ul>{% for each in recent %}<li>{{ each.at }} {{ each.result }}</li>{% endfor %}</ul>
<button>提交</button></form></body></html>"""
)
CSS = ".step{display:block;padding:1rem;border-radius:.75rem;border:1px solid #ddd}" * 20


def app(_environ, start_response):
    """The page of one point."""
    link = _link()
    point = link.execute("SELECT * FROM points WHERE id = ?", ("p1",)).fetchone()
    person = link.execute("SELECT * FROM people WHERE id = ?", ("ann",)).fetchone()
    window = link.execute("SELECT * FROM windows WHERE point_id = ?", ("p1",)).fetchone()
    steps = link.execute("SELECT * FROM steps ORDER BY id").fetchall()
    recent = link.execute("SELECT * FROM recent ORDER BY at DESC LIMIT 5").fetchall()
    page = _TEMPLATE.render(point=point, person=person, window=window, steps=steps, recent=recent, css=CSS).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
    return [page]


def _link() -> sqlite3.Connection:
    if not hasattr(_here, "link"):
        _here.link = sqlite3.connect(FOLDER / "page.sqlite3", isolation_level=None)
        _here.link.row_factory = sqlite3.Row
    return _here.link


def fill(folder: Path) -> None:
    """The rows that the page shows."""
    link = sqlite3.connect(folder / "page.sqlite3")
    link.executescript(
        "CREATE TABLE points (id TEXT PRIMARY KEY, name TEXT); CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT);"
        "CREATE TABLE windows (point_id TEXT PRIMARY KEY, name TEXT); CREATE TABLE recent (at TEXT, result TEXT);"
        "CREATE TABLE steps (id TEXT PRIMARY KEY, title TEXT, requirement TEXT, key INTEGER);"
    )
    link.execute("INSERT INTO points VALUES ('p1', '1号楼1层男卫生间')")
    link.execute("INSERT INTO people VALUES ('ann', '保洁一班-01')")
    link.execute("INSERT INTO windows VALUES ('p1', '早班 08:30-09:20')")
    link.executemany("INSERT INTO recent VALUES (?, ?)", [(f"2026-11-{day}", "达标") for day in range(10, 20)])
    rows = [
        (f"S{n:02}", f"第{n}步：地面与台面", "地面无积水、无污渍，台面无水迹，镜面光亮。" * 2, n % 4 == 0)
        for n in range(STEPS)
    ]
    link.executemany("INSERT INTO steps VALUES (?, ?, ?, ?)", rows)
    link.commit()
    link.close()
