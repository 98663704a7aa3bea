"""Every column that looks personal stands in the inventory or in the list of exclusions, with its reason."""

import pytest

from app.db import db
from app.privacy.rules_inventory import INVENTORY
from app.privacy.rules_personal import NOT_PERSONAL, entries_of, excluded, looks_personal


def _columns(app) -> list[tuple[str, str]]:
    with app.app_context():
        return [(table.name, column.name) for table in db.metadata.sorted_tables for column in table.columns]


def test_given_every_table_when_a_column_looks_personal_then_it_is_in_the_inventory_or_excluded(app):
    columns = _columns(app)

    missing = [
        f"{table}.{column}"
        for table, column in columns
        if looks_personal(column) and not entries_of(f"{table}.{column}") and not excluded(f"{table}.{column}")
    ]

    assert len(columns) > 900
    assert missing == []


def test_given_the_inventory_when_a_field_is_named_then_it_exists(app):
    names = {f"{table}.{column}" for table, column in _columns(app)}

    fields = {field for each in (*INVENTORY, *NOT_PERSONAL) for field in each.fields}

    assert [field for field in fields if "*" not in field and field not in names] == []


def test_given_a_column_that_nobody_thought_of_then_the_test_sees_it():
    assert looks_personal("telephone_of_wife")
    assert not entries_of("households.telephone_of_wife")
    assert not excluded("households.telephone_of_wife")


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("feedback_contacts.contact", "contacts"),
        ("sign_ins.device", "sign_ins"),
        ("checks.note", "words"),
        ("people.password_hash", "secrets"),
        ("message_choices.mobile", "messages"),
        ("photos.nonce", "pictures"),
    ],
)
def test_given_a_field_when_looking_it_up_then_its_kind_is_told(field, key):
    assert [entry.key for entry in entries_of(field)] == [key]
