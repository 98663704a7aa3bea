"""What may be used in one kind of room only: frames, SELECTs, the commit, pictures, environment, clock, disk."""

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.support.house import ROOT, Module, modules, plant

# db: the connection of a request hangs on the context that Flask opens for it.
IMPORTS = {
    "flask": ("app/__init__.py", "app/db.py", "app/cli*.py", "app/web/*", "app/*/routes*.py"),
    "flask_login": ("app/__init__.py", "app/web/*", "app/*/routes*.py"),
    "flask_wtf": ("app/__init__.py", "app/web/*"),
    "flask_migrate": ("app/__init__.py", "app/cli*.py", "app/serving.py"),
    "werkzeug": ("app/__init__.py", "app/web/*", "app/*/routes*.py"),
    "flask_sqlalchemy": ("app/db.py",),
    "PIL": ("app/photos/imaging*.py", "app/demo/pictures*.py", "qr/*"),
    "gunicorn": ("app/serving*.py", "app/cli*.py"),
    "argon2": ("app/accounts/*",),
}
CALLS = {
    "select": ("app/*/queries*.py",),
    "*.commit": ("app/db.py",),
    "*.rollback": ("app/db.py",),
    "datetime.now": ("app/clock.py",),
    "datetime.utcnow": (),
    "date.today": (),
    "time.time": (),
    "os.getenv": (),
    "eval": (),
    "exec": (),
}
NAMES = {"os.environ": ("app/config.py",)}
TEXTS = {"HX-": ("app/web/*",)}
WRITERS = (
    "*.write_text",
    "*.write_bytes",
    "*.unlink",
    "*.rmdir",
    "*.mkdir",
    "os.replace",
    "os.rename",
    "os.link",
    "shutil.*",
)
# config keeps the key, the chain its own and its head, data scratch files, db the lock file of the one writer and the
# mark of a log in doubt; commands write the file that the user named.
DISK = (
    "app/photos/store*.py", "app/chain/store.py", "app/data/store.py", "app/config.py", "app/db.py", "app/cli*.py",
    "app/serving.py", "app/db_doubt.py",
)  # fmt: skip


def strays(root: Path) -> list[str]:
    return [f"{module.place}: {what}" for module in modules(root, "app", "qr") for what in _strays(module)]


def _strays(module: Module) -> list[str]:
    found = [name for name in module.imports() if _barred(module, IMPORTS.get(name.split(".")[0]))]
    for name, call in module.calls():
        found += [f"{name}()" for pattern, rooms in CALLS.items() if fnmatch(name, pattern) and _barred(module, rooms)]
        if (_writes(name, call)) and _barred(module, DISK) and module.place.startswith("app/"):
            found.append(f"{name}() writes to disk")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            name = f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else ""
            found += [name] if name in NAMES and _barred(module, NAMES[name]) else []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [text for text, rooms in TEXTS.items() if node.value.startswith(text) and _barred(module, rooms)]
    return found


def _barred(module: Module, rooms: tuple[str, ...] | None) -> bool:
    return rooms is not None and not any(fnmatch(module.place, room) for room in rooms)


def _writes(name: str, call: ast.Call) -> bool:
    if any(fnmatch(name, writer) for writer in WRITERS):
        return True
    if name != "open" and not name.endswith(".open"):
        return False
    modes = [
        given.value
        for given in (*call.args, *(word.value for word in call.keywords))
        if isinstance(given, ast.Constant)
    ]
    return any(isinstance(mode, str) and len(mode) <= 3 and set(mode) & set("wax+") for mode in modes)


def test_given_the_house_when_uses_are_read_then_each_is_in_its_room():
    found = strays(ROOT)

    assert not found, "\n".join(found)


def test_given_the_house_when_commits_are_counted_then_there_is_one():
    commits = [
        module.place for module in modules(ROOT, "app") for name, _ in module.calls() if name.endswith(".commit")
    ]

    assert commits == ["app/db.py"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("app/checks/actions.py", "from flask import request"),
        ("app/checks/actions.py", "rows = select(Check)"),
        ("app/checks/actions.py", "db.session.commit()"),
        ("app/checks/actions.py", "at = datetime.now(UTC)"),
        ("app/checks/queries.py", "from PIL import Image"),
        ("app/checks/routes.py", "key = os.environ['KEY']"),
        ("app/checks/routes.py", "mark = request.headers['HX-Request']"),
        ("app/checks/actions.py", "path.write_bytes(b'')"),
        ("app/checks/actions.py", "open('x', 'wb')"),
        ("qr/sheet.py", "from flask import Flask"),
    ],
)
def test_given_a_planted_use_when_the_house_is_read_then_it_is_named(tmp_path, place, line):
    root = plant(tmp_path, place, line)

    found = strays(root)

    assert [line.split(":")[0] for line in found] == [place]
