"""The file of a vehicle on its page: works, needs the office, refuses strangers and bad input, survives a retry."""

import pytest

from app import clock
from app.places.models import Point
from app.vehicles.models import VehicleEntry, VehicleState
from tests.support import builders as make
from tests.support import vehicles as cars
from tests.support.driving import NOW, counts, found, page, send
from tests.support.sitting import signed_in
from tests.support.standards import step_document

FILE = "/vehicles/v1/file"
TYRE = {"title": "胎压", "unit": "kPa", "min": 200, "max": 300, "min_from": "tyre_min_kpa", "max_from": "tyre_max_kpa"}


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        cars.fleet()
        make.person("stan", "standards", "bureau")
        make.standard(step_document("S01", "number", **TYRE), code="JGSW05008.09", title="胎压检查")
        make.works_at("v1", "JGSW05008.09", "clean", "care")
    return app


def typed(**keys):
    return {
        "id": cars.number(), "was": "", "plate": "示A·T0001", "model": "", "kind": "轿车", "energy": "汽油",
        "use": "综合保障", "bay": "F01", "seats": "", "service_interval_km": "5000", "fuel_quota": "8.6",
        "annual_inspection_due": "", "insurance_due": "", "limit-tyre_min_kpa": "", "limit-tyre_max_kpa": "",
        "reason": "车辆过户",
    } | keys  # fmt: skip


def attrs(app):
    return next(each.attrs for each in found(app, Point) if each.id == "v1")


@pytest.mark.parametrize("who", ["lea", "sue", "stan"])
def test_given_the_office_when_it_changes_the_file_twice_then_it_counts_once_with_old_beside_new(site, who):
    office, form = signed_in(site, who), typed(model="测试牌 A6", seats="5", service_interval_km="2000", **{
        "limit-tyre_min_kpa": "220", "annual_inspection_due": "2027-05-31",
    })  # fmt: skip

    assert [send(office, "file", form).status_code for _ in range(2)] == [303, 303]

    own = attrs(site)["vehicle"]
    assert (own["model"], own["seats"], own["service_interval_km"]) == ("测试牌 A6", 5, 2000)
    assert (own["annual_inspection_due"], attrs(site)["tyre_min_kpa"]) == ("2027-05-31", 220)
    [entry] = found(site, VehicleEntry)
    assert (entry.kind, entry.text, entry.by_id) == ("filed", "车辆过户", who)
    assert entry.data["changes"][1] == {"name": "seats", "before": None, "after": 5}
    assert {"name": "limit-tyre_min_kpa", "before": None, "after": 220} in entry.data["changes"]
    assert ">220<" in page(office, FILE)
    assert {"name": "service_interval_km", "before": 5000, "after": 2000} in entry.data["changes"]
    shown = page(office, FILE)
    assert "5000" in shown and "测试牌 A6" in shown and "车辆过户" in shown
    assert "保养里程已到" in page(signed_in(site, "dan"), "/vehicles/v1")
    assert "档案变更" in page(office, "/vehicles/v1")
    assert len(found(site, VehicleState)) == 1


def test_given_limits_of_the_vehicle_when_a_check_is_opened_then_they_count_and_emptied_ones_are_the_standard_s(site):
    office, driver = signed_in(site, "lea"), signed_in(site, "dan")
    send(office, "file", typed(**{"limit-tyre_min_kpa": "220", "limit-tyre_max_kpa": "260"}))

    def asked():
        with clock.at(NOW):
            steps = driver.get(f"/p/{cars.CAR_CODE}?standard=JGSW05008.09-2026&profile=full").text
        return "220" in steps and "260" in steps

    own = asked()
    was = found(site, VehicleEntry)[0].id
    assert send(office, "file", typed(was=was)).status_code == 303

    assert (own, asked()) == (True, False)
    assert "tyre_min_kpa" not in attrs(site)


def test_given_no_office_or_a_stranger_when_they_change_the_file_then_they_are_refused_and_nothing_changes(site):
    before = counts(site)

    assert [send(signed_in(site, who), "file", typed(model="x")).status_code for who in ("dan", "ann", "bob")] == [
        403, 403, 403,
    ]  # fmt: skip
    with clock.at(NOW):
        assert signed_in(site, "bob").get(FILE).status_code == 404
    assert send(signed_in(site, "lea"), "file", typed(model="x"), point="v9").status_code == 404
    after = counts(site)
    assert {name: count for name, count in after.items() if name != "sign_ins"} == {
        name: count for name, count in before.items() if name != "sign_ins"
    }
    assert "<form" not in page(signed_in(site, "dan"), FILE).split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"plate": " "}, "plate"), ({"plate": "A" * 21}, "plate"), ({"seats": "0"}, "seats"),
        ({"seats": "81"}, "seats"), ({"seats": "five"}, "seats"),
        ({"service_interval_km": "499"}, "service_interval_km"),
        ({"service_interval_km": "100001"}, "service_interval_km"), ({"fuel_quota": "-1"}, "fuel_quota"),
        ({"fuel_quota": "301"}, "fuel_quota"), ({"insurance_due": "soon"}, "insurance_due"),
        ({"insurance_due": "1999-12-31"}, "insurance_due"), ({"limit-tyre_min_kpa": "0"}, "limit-tyre_min_kpa"),
        ({"limit-tyre_min_kpa": "261", "limit-tyre_max_kpa": "260"}, "limit-tyre_max_kpa"),
        ({"reason": ""}, "reason"), ({"reason": "x" * 501}, "reason"), ({}, "plate"), ({"plate": "示A·T0002"}, "plate"),
    ],
)  # fmt: skip
def test_given_bad_input_when_the_file_is_changed_then_the_field_is_named_and_nothing_kept(site, wrong, name):
    with site.app_context():
        cars.car("v2", "9H83JHK10S", plate="示A·T0002")

    answer = send(signed_in(site, "lea"), "file", typed(**wrong))

    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text
    assert found(site, VehicleEntry) == []


@pytest.mark.parametrize("edge", [{"seats": "1"}, {"seats": "80"}, {"service_interval_km": "500"}, {"plate": "A" * 20}])
def test_given_the_edge_of_what_is_allowed_when_the_file_is_changed_then_it_is_kept(site, edge):
    assert send(signed_in(site, "lea"), "file", typed(**edge)).status_code == 303


def test_given_somebody_was_faster_when_the_file_is_changed_then_nothing_is_lost(site):
    assert send(signed_in(site, "lea"), "file", typed(model="甲")).status_code == 303

    late = send(signed_in(site, "stan"), "file", typed(model="乙"))

    assert (late.status_code, attrs(site)["vehicle"]["model"]) == (409, "甲")
