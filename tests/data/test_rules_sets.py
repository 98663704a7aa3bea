"""The one declaration: every field once, with words, and a column behind it; schemas and document made of it."""

import pytest
from jsonschema import Draft202012Validator

from app.data.forms import MOST_A_PAGE, PARAMETERS
from app.data.queries_sources import SOURCES
from app.data.rules_fields import Kind, twice
from app.data.rules_openapi import document
from app.data.rules_schema import cells_schema, row_schema
from app.data.rules_sets import EXPORTED, SETS


@pytest.mark.parametrize("dataset", SETS.values(), ids=list(SETS))
def test_given_a_kind_of_rows_when_read_then_each_field_stands_once_with_title_and_meaning(inside, dataset):
    assert twice(dataset.fields) == []
    assert all(str(field.title) and str(field.meaning).endswith((".", "。")) for field in dataset.fields)
    assert all(field.words for field in dataset.fields if field.kind in (Kind.CODE, Kind.CODES))


@pytest.mark.parametrize("name", SOURCES)
def test_given_the_declaration_when_the_columns_are_named_then_they_are_the_fields_in_order(name):
    statement = SOURCES[name].statement

    assert tuple(column.name for column in statement.selected_columns) == SETS[name].names


@pytest.mark.parametrize("dataset", SETS.values(), ids=list(SETS))
def test_given_a_kind_of_rows_when_its_schemas_are_made_then_they_are_schemas(inside, dataset):
    Draft202012Validator.check_schema(row_schema(dataset))
    Draft202012Validator.check_schema(cells_schema(dataset))


def test_given_the_document_when_its_references_are_followed_then_each_leads_somewhere(inside):
    made = document(PARAMETERS, MOST_A_PAGE, 366)

    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            node = list(node.values())
        for inner in node if isinstance(node, list) else ():
            yield from references(inner)

    for reference in set(references(made)):
        found = made
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    assert made["openapi"] == "3.1.0"
    assert set(made["paths"]) == {f"/api/data/v1/{name}" for name in SETS}
    assert {f"{name}_file" for name in EXPORTED} <= set(made["components"]["schemas"])
