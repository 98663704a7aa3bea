"""The file of a vehicle: what changed, the limits its checks take from it, old beside new."""

from hypothesis import given
from hypothesis import strategies as st

from app.standards.rules import parse_edition
from app.vehicles.rules_file import (
    FIELDS,
    FileChange,
    OwnLimit,
    changes_of,
    crossed,
    own_limits,
    values_of,
    with_changes,
)
from tests.support.standards import edition_document, step_document

LOW = OwnLimit("tyre_min", "胎压", "kPa", True, 200)
HIGH = OwnLimit("tyre_max", "胎压", "kPa", False, 300)
ATTRS = {
    "vehicle": {"plate": "A1", "odometer_km": 9, "fuel_quota": {"value": 8.6, "unit": "L/100km"}, "seats": 5},
    "tyre_min": 220, "floor": "G",
}  # fmt: skip


def test_given_steps_that_take_limits_from_the_point_when_read_then_each_stands_there_once_with_its_end():
    tyre = step_document(
        "S01", "number", title="胎压", unit="kPa", min=200, max=300, min_from="tyre_min", max_from="tyre_max"
    )
    tread = step_document("S02", "number", title="花纹", unit="mm", min=1.6, min_from="tread")
    texts = [parse_edition(edition_document(tyre, tread, step_document("S03"))), parse_edition(edition_document(tyre))]

    assert own_limits(texts) == ((LOW, HIGH), (OwnLimit("tread", "花纹", "mm", True, 1.6), None))
    assert own_limits([]) == ()
    assert (LOW.field, HIGH.field) == ("limit-tyre_min", "limit-tyre_max")


def test_given_attributes_when_read_then_every_field_has_its_value_or_nothing():
    values = values_of(ATTRS, [LOW, HIGH])

    assert list(values) == [*FIELDS, "limit-tyre_min", "limit-tyre_max"]
    assert {name: value for name, value in values.items() if value is not None} == {
        "plate": "A1", "seats": 5, "fuel_quota": 8.6, "limit-tyre_min": 220,
    }  # fmt: skip
    assert set(values_of({}, []).values()) == {None}


def test_given_changes_when_told_and_made_then_old_stands_beside_new_and_the_rest_stays():
    before = values_of(ATTRS, [LOW, HIGH])
    after = before | {"plate": "A2", "model": "", "seats": None, "fuel_quota": 9.0, "limit-tyre_min": None,
                      "limit-tyre_max": 260.0}  # fmt: skip

    changes = changes_of(before, after)
    made = with_changes(ATTRS, changes, "L")

    assert changes == (
        FileChange("plate", "A1", "A2"), FileChange("seats", 5, None), FileChange("fuel_quota", 8.6, 9.0),
        FileChange("limit-tyre_min", 220, None), FileChange("limit-tyre_max", None, 260.0),
    )  # fmt: skip
    assert made == {
        "vehicle": {"plate": "A2", "odometer_km": 9, "fuel_quota": {"value": 9.0, "unit": "L/100km"}},
        "floor": "G", "tyre_max": 260.0,
    }  # fmt: skip
    assert changes_of(before, before) == ()
    assert ATTRS["tyre_min"] == 220


def test_given_limits_when_the_lower_lies_above_the_upper_then_the_fields_of_both_are_named():
    pairs = [(LOW, HIGH)]

    assert crossed({"limit-tyre_min": 260.0, "limit-tyre_max": 250.0}, pairs) == ["limit-tyre_min", "limit-tyre_max"]
    assert crossed({"limit-tyre_min": 250.0, "limit-tyre_max": 250.0}, pairs) == []
    assert crossed({"limit-tyre_min": 301.0}, pairs) == ["limit-tyre_min", "limit-tyre_max"]
    assert crossed({"limit-tyre_min": 300.0}, pairs) == crossed({}, pairs) == []
    assert crossed({"limit-tyre_max": 199.0}, pairs) == ["limit-tyre_min", "limit-tyre_max"]
    assert crossed({"limit-tyre_min": 999.0}, [(LOW, None)]) == []


VALUE = st.none() | st.integers(1, 9) | st.sampled_from(["a", "b"])


@given(st.fixed_dictionaries(dict.fromkeys(("plate", "seats", "bay", "limit-tyre_min"), VALUE)))
def test_given_any_change_when_made_then_the_file_reads_as_it_was_typed(after):
    before = values_of(ATTRS, [LOW])
    wanted = before | after

    made = with_changes(ATTRS, changes_of(before, wanted), "L")

    assert values_of(made, [LOW]) == wanted
