"""Who may import whom: own floor's lower rooms and anything below, never upwards (docs: README, map of the tree)."""

from pathlib import Path

import pytest

from tests.support.house import ROOT, Module, modules, plant

GROUND = (
    "config_s3",
    "config_values",
    "config",
    "clock",
    "days",
    "refusals",
    "db_columns",
    "disk",
    "db_engine",
    "db_doubt",
    "db_sqlite",
    "db_slow",
    "db_prepared",
    "db_together",
    "db",
    "web",
)
FEATURES = (
    "organisations",
    "audit",
    "accounts",
    "messages",
    "entrances",
    "places",
    "photos",
    "standards",
    "schedule",
    "training",
    "meetings",
    "tallies",
    "nonconformities",
    "repairs",
    "checks",
    "flags",
    "feedback",
    "surveys",
    "spotchecks",
    "inspections",
    "vehicles",
    "patrols",
    "learning",
    "stats",
    "contractors",
    "grades",
    "appraisals",
    "papers",
    "chain",
    "privacy",
    "reports",
    "halfyear",
    "boards",
    "lobby",
    "labels",
    "data",
    "exchange",
    "operations",
    "pages",
    "pwa",
    "demo",
)
ROOF = ("cli", "serving", "timer")
# Inside a feature a layer imports lower numbers only; a file such as rules_windows.py belongs to the layer rules.
LAYERS = {
    "rules": 0,
    "models": 1,
    "forms": 1,
    "imaging": 1,
    "store": 1,
    "queries": 2,
    "writes": 2,
    "actions": 3,
    "routes": 4,
}
# Rooms that only one feature has, with the layer they count as.
OWN_ROOMS = {
    "accounts": {"secrets": 1},
    "messages": {"secrets": 1, "wire": 1},
    "demo": {"data": 0, "pictures": 1, "history": 3, "compound": 1},
    "operations": {"archives": 1, "dumps": 1},
    "papers": {"sheets": 1},
    "reports": {"sheets": 1},
    "halfyear": {"sheets": 1},
}
# Role names and the person as plain data count as words; who is asking now does not.
RULES_MAY = (
    "app.days",
    "app.refusals",
    "app.web.words",
    "app.web.current.Role",
    "app.web.current.CurrentPerson",
    "app.web.current.BUREAU_WIDE",
    "app.web.current.HANDS",
    "app.web.current.EVERYBODY",
)
FORMS_MAY = ("app.refusals", "app.web.made", "app.web.words", "app.web.current.Role", "app.clock", "app.days")


def breaches(root: Path) -> list[str]:
    return [
        f"{module.place} imports {target}: {why}"
        for module in modules(root, "app")
        for target in module.imports()
        if target.startswith("app.") and (why := _wrong(module, target))
    ]


def unknown_rooms(root: Path) -> list[str]:
    return [
        module.place for module in modules(root, "app") if _floor(module.name) is None or _layer(module.name) is None
    ]


def _wrong(module: Module, target: str) -> str | None:
    floor, other = _floor(module.name), _floor(target)
    if floor is None or other is None:
        return "a room the floor plan does not know"
    if other > floor:
        return "upwards"
    if other == floor and floor > 0 and _feature(module.name) in FEATURES:
        return _wrong_inside(module.name, target)
    if _layer_name(target) in ("routes", "forms") and floor <= len(FEATURES):
        return "another feature's routes or forms"
    return _impure(module.name, target)


def _wrong_inside(name: str, target: str) -> str | None:
    own, other = _layer(name), _layer(target)
    if own is None or other is None:
        return "a layer the house does not know"
    if _layer_name(name) == _layer_name(target):
        return None
    return "a layer beside or above" if other >= own else _impure(name, target)


def _impure(name: str, target: str) -> str | None:
    if _layer_name(name) == "rules" and not target.startswith(RULES_MAY) and _layer_name(target) != "rules":
        return "rules are pure"
    if _layer_name(name) == "forms" and not target.startswith(FORMS_MAY) and _layer_name(target) != "rules":
        return "forms see only rules"
    return None


def _feature(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def _floor(name: str) -> int | None:
    """0 for the ground, 1… for the features, above them the roof; None when unknown."""
    room = _feature(name)
    if room in GROUND:
        return 0
    if room in FEATURES:
        return FEATURES.index(room) + 1
    return len(FEATURES) + 1 if room == "" or room.split("_")[0] in ROOF or room == "create_app" else None


def _layer_name(name: str) -> str:
    parts = name.split(".")
    return parts[2].split("_")[0] if len(parts) > 2 and parts[1] in FEATURES else ""


def _layer(name: str) -> int | None:
    parts = name.split(".")
    if len(parts) < 3 or parts[1] not in FEATURES:
        return 0
    return OWN_ROOMS.get(parts[1], {}).get(parts[2].split("_")[0], LAYERS.get(parts[2].split("_")[0]))


def test_given_the_house_when_imports_are_read_then_none_goes_upwards():
    found = breaches(ROOT)

    assert not found, "\n".join(found)


def test_given_the_house_when_rooms_are_listed_then_the_plan_knows_each():
    found = unknown_rooms(ROOT)

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("app/photos/actions.py", "from app.checks.queries import check"),
        ("app/db.py", "from app.places import queries"),
        ("app/checks/queries.py", "from app.checks.actions import record_check"),
        ("app/checks/actions.py", "from app.places.routes import bp"),
        ("app/stats/actions.py", "from app.checks.forms import parse"),
        ("app/checks/rules.py", "from app.db import db"),
        ("app/checks/rules_marks.py", "from app.clock import now"),
        ("app/checks/forms.py", "from app.places.queries import point"),
        ("app/checks/actions.py", "def late():\n    from app.pages.queries import home"),
        ("app/checks/queries.py", "from app.cellar import wine"),
    ],
)
def test_given_a_planted_import_when_the_plan_is_read_then_it_is_named(tmp_path, place, line):
    root = plant(tmp_path, place, line)

    found = breaches(root)

    assert [line.split()[0] for line in found] == [place]
