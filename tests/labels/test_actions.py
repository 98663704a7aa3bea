"""Given a point, when its label is composed, then it says what the contract lists and nothing of level 4."""

import pytest

from app.labels.actions import chosen, label_of
from app.labels.rules import Order
from app.places.queries import PlacedPoint
from qr.stock import STOCKS


def placed(**changes) -> PlacedPoint:
    given = {
        "id": "p1", "code": "01-01-WC-01", "name": "1号楼1层男卫生间", "name_en": "", "kind": "restroom", "floor": "1F",
        "zone": "red", "risk": 2, "photo_allowed": True, "active": True, "attrs": {}, "building_id": "b1",
        "building": "1号楼", "building_en": "", "area_id": "a1", "area": "卫生间区",
    }  # fmt: skip
    return PlacedPoint(**(given | changes))


@pytest.mark.parametrize(("risk", "discreet"), [(1, False), (3, False), (4, True)])
def test_given_a_risk_level_when_a_label_is_composed_then_only_level_four_is_discreet(risk, discreet):
    assert label_of(placed(risk=risk), "7K3QX9M2TA").discreet is discreet


@pytest.mark.parametrize(
    ("zone", "word"), [("red", "红区"), ("yellow", "黄区"), ("green", "绿区"), ("blue", "蓝区"), ("?", "")]
)
def test_given_a_zone_when_a_label_is_composed_then_its_word_stands_beside_its_colour(zone, word):
    label = label_of(placed(zone=zone), "7K3QX9M2TA", "分机8207")

    assert (label.zone, label.telephone) == (word, "分机8207")
    assert (label.name, label.point, label.code) == ("1号楼1层男卫生间", "01-01-WC-01", "7K3QX9M2TA")


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ({}, ["p1", "p2", "p3"]),
        ({"points": ("p3", "p1", "elsewhere")}, ["p1", "p3"]),
        ({"area": "a2"}, ["p2"]),
        ({"area": "b1"}, ["p1", "p2"]),
        ({"points": ("p1",), "area": "b2"}, []),
    ],
)
def test_given_points_within_reach_when_chosen_then_those_of_the_order_in_the_order_of_the_list(order, ids):
    reach = [placed(), placed(id="p2", area_id="a2"), placed(id="p3", area_id="a3", building_id="b2")]

    assert [point.id for point in chosen(Order(STOCKS["door"], **order), reach)] == ids
