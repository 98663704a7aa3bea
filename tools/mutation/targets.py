"""The functions of every rules file: their trees to change and their live objects to change them in."""

import ast
import functools
import importlib
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Words and documents: data in the shape of code, with nothing to decide in them.
DATA = ("rules_words.py", "rules_openapi.py", "rules_schemas.py")
# Dice of a made-up history: any other chance would be as right, so no test should care.
DICE = "demo"


@dataclass(frozen=True)
class Target:
    """A function or method of a rules file; `name` is such as app.checks.rules.judge or …Day.ends."""

    name: str
    place: str
    tree: ast.FunctionDef
    live: types.FunctionType


def targets() -> list[Target]:
    """All of them; nested functions change with the one around them."""
    files = (
        path for path in sorted((ROOT / "app").rglob("rules*.py")) if path.name not in DATA and path.parent.name != DICE
    )
    return [target for path in files for target in _of_file(path)]


def _of_file(path: Path) -> Iterator[Target]:
    place = path.relative_to(ROOT).as_posix()
    module = importlib.import_module(place.removesuffix(".py").replace("/", "."))
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield Target(f"{module.__name__}.{node.name}", place, node, _plain(getattr(module, node.name)))
        elif isinstance(node, ast.ClassDef):
            owner = getattr(module, node.name)
            for each in node.body:
                if isinstance(each, ast.FunctionDef):
                    live = _plain(owner.__dict__[each.name])
                    yield Target(f"{module.__name__}.{node.name}.{each.name}", place, each, live)


def _plain(thing: object) -> types.FunctionType:
    """The function inside a property, class method or cache."""
    if isinstance(thing, property):
        return _plain(thing.fget)
    if isinstance(thing, functools.cached_property):
        return _plain(thing.func)
    if isinstance(thing, classmethod | staticmethod):
        return _plain(thing.__func__)
    while not isinstance(thing, types.FunctionType):
        thing = thing.__wrapped__  # type: ignore[attr-defined]
    return thing


def code_of(target: Target, tree: ast.FunctionDef) -> types.CodeType:
    """The changed function as code that fits into the live one."""
    bare = ast.FunctionDef(**{**dict(ast.iter_fields(tree)), "decorator_list": []})
    holder: ast.stmt = ast.copy_location(bare, tree)
    free = target.live.__code__.co_freevars
    if free:
        # A method that says super() sees its class through a cell; the wrapper gives the code the same cells.
        inner = ast.arguments(
            posonlyargs=[], args=[ast.arg(name) for name in free], kwonlyargs=[], kw_defaults=[], defaults=[]
        )
        holder = ast.FunctionDef(name="outer", args=inner, body=[holder], decorator_list=[], returns=None)
    module = ast.fix_missing_locations(
        ast.Module(body=[ast.parse("from __future__ import annotations").body[0], holder], type_ignores=[])
    )
    code = compile(module, target.place, "exec")
    for name in (["outer"] if free else []) + [tree.name]:
        code = next(each for each in code.co_consts if isinstance(each, types.CodeType) and each.co_name == name)
    return code
