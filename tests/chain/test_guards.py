"""History inside the database: no row of it is changed or removed, on both databases, unless two persons said so."""

import ast
import importlib
from datetime import timedelta
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import Table
from sqlalchemy.exc import DBAPIError

from app.chain.actions_disposal import approve, carry_out, propose, withdraw
from app.chain.rules_history import history
from app.chain.writes_guards import guards, wanted
from app.db import atomically, db
from app.refusals import Conflict, Forbidden, Invalid
from tests.support import builders as make
from tests.support.history import STEPS, checked, raw
from tests.support.house import ROOT

# Tables that are only inserted into, and yet are no history: each with its reason.
NO_HISTORY = {
    "chain_marks": "how far the sealing has looked",
    "areas": "a place as it is now, changed by its owner's migration",
    "buildings": "the same",
    "crews": "who belongs together now",
    "shifts": "times of duty as they are now",
    "organisations": "the tree as it is now",
    "message_channels": "settings",
    "photo_shares": "who may look at a picture: follows from the records",
    "flag_states": "where a flag stands now, made from its events",
    "flag_marks": "how far the timer has looked",
    "tally_days": "sums, made again from the windows at any time",
    "tally_points": "the same",
    "tally_people": "the same",
    "tally_misses": "the same",
    "tally_site_misses": "the same",
    "tally_holidays": "the same",
    "like_pieces": "an index, made again at any time",
    "like_pictures": "an index, made again at any time",
}


@pytest.fixture
def world(inside):
    make.small_world(*STEPS)
    return inside


def test_given_a_migrated_database_when_its_guards_are_listed_then_no_table_of_history_lacks_one(inside):
    with db.engine.connect() as link:
        missing = wanted(history(), link.dialect.name) - guards(link)

    assert not missing


def test_given_guards_when_migrated_once_more_then_they_stand_still(inside):
    upgrade()

    with db.engine.connect() as link:
        assert not wanted(history(), link.dialect.name) - guards(link)


@pytest.mark.parametrize("table", ["checks", "answers", "receipts", "photos", "occurrence_events"])
def test_given_a_check_when_somebody_changes_or_removes_a_row_then_the_database_refuses(world, table):
    checked(world)
    column = history()[table].key[0]

    with pytest.raises(DBAPIError, match="history is not changed"):
        raw(f"UPDATE {table} SET {column} = {column}")
    with pytest.raises(DBAPIError, match="history is not changed"):
        raw(f"DELETE FROM {table}")
    assert raw(f"SELECT count(*) FROM {table}")[0][0] >= 1


def test_given_postgresql_when_a_table_of_history_is_emptied_then_the_database_refuses(world):
    checked(world)
    if db.engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="history is not changed"):
            raw("TRUNCATE answers")
    assert raw("SELECT count(*) FROM answers")[0][0] == 2


def test_given_one_person_when_they_approve_their_own_disposal_then_nothing_goes(world):
    check_id = checked(world)
    number = atomically(lambda: propose([("checks", check_id)], reason="保存期已满", by_id="sue", now=make.NOW))

    with pytest.raises(Forbidden):
        atomically(lambda: approve(number, "sue", make.NOW))
    with pytest.raises(Conflict):
        atomically(lambda: carry_out(number, make.NOW))
    with pytest.raises(DBAPIError, match="history is not changed"):
        raw("DELETE FROM answers")


def test_given_two_persons_when_a_disposal_is_carried_out_then_its_records_go_and_others_stay(world):
    gone = checked(world, 1)
    stays = checked(world, 2, received=make.NOW + timedelta(minutes=1))
    number = atomically(lambda: propose([("checks", gone)], reason="保存期已满", by_id="sue", now=make.NOW))
    assert atomically(lambda: approve(number, "ada", make.NOW))

    removed = atomically(lambda: carry_out(number, make.NOW))

    assert removed == 1
    assert [row[0] for row in raw("SELECT id FROM checks")] == [stays]
    assert {row[0] for row in raw("SELECT check_id FROM answers")} == {stays}
    assert raw("SELECT count(*) FROM disposal_items")[0][0] == 1
    with pytest.raises(Conflict):
        atomically(lambda: carry_out(number, make.NOW))


def test_given_a_timers_proposal_when_one_person_approves_then_a_second_has_to(world):
    check_id = checked(world)
    number = atomically(lambda: propose([("checks", check_id)], reason="到期", by_id=None, now=make.NOW))
    atomically(lambda: approve(number, "sue", make.NOW))

    assert atomically(lambda: approve(number, "ada", make.NOW)) is not None
    assert atomically(lambda: carry_out(number, make.NOW)) == 1


def test_given_a_withdrawn_disposal_when_carried_out_then_it_is_refused_and_the_guard_holds(world):
    check_id = checked(world)
    number = atomically(lambda: propose([("checks", check_id)], reason="到期", by_id="sue", now=make.NOW))
    atomically(lambda: approve(number, "ada", make.NOW))
    atomically(lambda: withdraw(number, "ada", make.NOW))

    with pytest.raises(Conflict):
        atomically(lambda: carry_out(number, make.NOW))
    with pytest.raises(DBAPIError, match="history is not changed"):
        raw("DELETE FROM answers")


@pytest.mark.parametrize(("what", "reason"), [([], "x"), ([("people", "ann")], "x"), ([("answers", "a/b")], "x")])
def test_given_names_that_are_no_records_when_proposed_then_refused(world, what, reason):
    with pytest.raises(Invalid):
        atomically(lambda: propose(what, reason=reason, by_id="sue", now=make.NOW))


def test_given_the_code_when_its_writes_are_read_then_no_table_of_history_is_changed_and_none_is_forgotten():
    changed = _changed_tables()

    assert not changed & set(history())
    assert set(db.metadata.tables) - changed - set(history()) - set(NO_HISTORY) == set()


def test_given_the_models_when_compared_then_every_column_is_in_the_digest_in_its_place():
    differing = {
        name: sorted(set(kept.columns) ^ set(db.metadata.tables[name].columns.keys()))
        for name, kept in history().items()
        if set(kept.columns) != set(db.metadata.tables[name].columns.keys())
        or kept.key != tuple(column.name for column in db.metadata.tables[name].primary_key.columns)
    }

    assert differing == {}


def _changed_tables():
    """Tables that some line of the program updates, deletes from or overwrites."""
    changed = set()
    for path in sorted(Path(ROOT, "app").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        text = path.read_text("utf-8")
        if not any(word in text for word in ("update(", "delete(", "on_conflict_do_update")):
            continue
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Name) and node.func.id in ("update", "delete") and node.args:
                changed |= _table(module, node.args[0])
            if isinstance(node.func, ast.Attribute) and node.func.attr == "on_conflict_do_update":
                changed |= _overwritten(module, tree, node)
    return changed


def _table(module, node):
    found = getattr(module, node.id, None) if isinstance(node, ast.Name) else None
    found = getattr(found, "__table__", found)
    return {found.name} if isinstance(found, Table) else set()


def _overwritten(module, tree, call):
    """The tables that the function around an upsert inserts into."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.lineno <= call.lineno <= (node.end_lineno or 0)
    ]
    named = (inner for node in around for inner in ast.walk(node) if isinstance(inner, ast.Name))
    return set().union(*(_table(module, name) for name in named))
