"""Small rooms stay small: over the line a file splits by noun; the limit is never raised."""

import ast
from pathlib import Path

from tests.support.house import ROOT, modules, plant

FUNCTION_LINES = 30
VIEW_LINES = 40
FILE_LINES = 400
FILE_LINES_WITHOUT_REASON = 250
PAGE_LINES = 80
FRAGMENT_LINES = 40
SCRIPT_LINES = 150
# A file between 250 and 400 lines stands here with its reason.
REASONS: dict[str, str] = {
    "app/__init__.py": "a line for each blueprint and each room",
    "app/db.py": "the one transaction of the program: how it begins, is shared, ends, and what may run inside it",
    "app/timer_jobs.py": "a line for each job, and the deed of its room that it calls",
}


def long_functions(root: Path) -> list[str]:
    found = []
    for module in modules(root, "app", "qr"):
        limit = VIEW_LINES if "/routes" in module.place else FUNCTION_LINES
        functions = (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        found += [
            f"{module.place}:{node.lineno} {node.name} has {_lines(node)} lines, {limit} at most"
            for node in functions
            if _lines(node) > limit
        ]
    return found


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring not counted."""
    documented = ast.get_docstring(node) is not None
    first = node.body[0]
    return (node.end_lineno or 0) - node.lineno + 1 - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def long_files(root: Path) -> list[str]:
    found = []
    for module in modules(root, "app", "qr"):
        lines = module.text.count("\n")
        limit = FILE_LINES if module.place in REASONS else FILE_LINES_WITHOUT_REASON
        if lines > limit:
            found.append(f"{module.place} has {lines} lines, {limit} at most")
    return found


def long_templates_and_scripts(root: Path) -> list[str]:
    found = []
    for path in [*(root / "app/templates").rglob("*.html"), *(root / "app/static/js").rglob("*.js")]:
        lines = path.read_text("utf-8").count("\n")
        limit = SCRIPT_LINES if path.suffix == ".js" else FRAGMENT_LINES if path.name.startswith("_") else PAGE_LINES
        if "ui" not in path.parts and lines > limit:
            found.append(f"{path.relative_to(root)} has {lines} lines, {limit} at most")
    return sorted(found)


def test_given_the_house_when_functions_are_measured_then_each_fits_a_screen():
    found = long_functions(ROOT)

    assert not found, "\n".join(found)


def test_given_the_house_when_files_are_measured_then_each_is_small_or_has_a_reason():
    found = long_files(ROOT)

    assert not found, "\n".join(found)


def test_given_the_house_when_templates_and_scripts_are_measured_then_each_is_small():
    found = long_templates_and_scripts(ROOT)

    assert not found, "\n".join(found)


def test_given_reasons_when_the_files_are_looked_up_then_each_still_needs_it():
    stale = [place for place in REASONS if (ROOT / place).read_text("utf-8").count("\n") <= FILE_LINES_WITHOUT_REASON]

    assert stale == []


def test_given_a_planted_giant_when_the_house_is_measured_then_it_is_named(tmp_path):
    plant(tmp_path, "app/checks/actions.py", "def long():\n" + "    x = 1\n" * 300)
    plant(tmp_path, "app/templates/checks/_row.html", "<p></p>\n" * 60)

    assert [line.split()[0] for line in long_functions(tmp_path)] == ["app/checks/actions.py:1"]
    assert [line.split()[0] for line in long_files(tmp_path)] == ["app/checks/actions.py"]
    assert [line.split()[0] for line in long_templates_and_scripts(tmp_path)] == ["app/templates/checks/_row.html"]
