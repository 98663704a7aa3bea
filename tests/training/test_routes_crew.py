"""Crew leaders sign off, guide newcomers and keep certificates; each deed with its refusals."""

import uuid

import pytest

from app.training.models import Certificate, Newcomer, SignOff
from tests.support import lessons
from tests.support.lessons import DAY, NUMBER, TODAY
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import counts, page, send

CREW = "/training/crew"
SIGN = {"person": "ann", "number": NUMBER}
BESIDE = {"person": "ann", "mentor": "ben", "from": TODAY.isoformat()}


def certificate(**keys):
    given = {"id": str(uuid.uuid4()), "person": "ann", "name": "健康证", "number": "1", "issuer": "疾控"}
    return given | {"valid_from": "2026-01-01", "valid_to": "2027-01-01"} | keys


@pytest.fixture
def site(app):
    with app.app_context():
        lessons.world()
    return app


def without_sessions(found):
    return {name: number for name, number in found.items() if name != "sign_ins"}


def test_tr4_given_a_leader_when_somebody_is_signed_off_then_it_counts_as_the_exam(site):
    client = signed_in(site, "lea")
    assert "未通过考核" in page(client, CREW)

    assert send(client, f"{CREW}/sign-off", SIGN).status_code == 303
    assert send(client, f"{CREW}/sign-off", SIGN).status_code == 303

    with site.app_context():
        [row] = rows_of(SignOff)
        lessons.read("ann")
    assert (row.person_id, row.edition, row.on, row.by_id) == ("ann", NUMBER, TODAY, "lea")
    assert "都学完了" in page(signed_in(site, "ann"), "/training")


def test_given_a_supervisor_when_a_crew_leader_is_signed_off_then_it_is_kept(site):
    assert send(signed_in(site, "sue"), f"{CREW}/sign-off", SIGN | {"person": "lea"}).status_code == 303
    with site.app_context():
        assert [row.by_id for row in rows_of(SignOff)] == ["sue"]


@pytest.mark.parametrize(
    ("who", "form", "status"),
    [
        ("lea", SIGN | {"person": "lea"}, 403),
        ("lea", SIGN | {"person": "bob"}, 404),
        ("lea", SIGN | {"person": "nobody"}, 404),
        ("lea", SIGN | {"person": "sue"}, 404),
        ("lea", SIGN | {"number": "JGSW09999.01-2026"}, 404),
        ("lea", {}, 404),
        ("zoe", SIGN, 404),
        ("zoe", SIGN | {"person": "bob"}, 409),
        ("ann", SIGN | {"person": "ben"}, 403),
        ("stan", SIGN, 403),
        ("max", SIGN, 403),
    ],
)
def test_given_somebody_it_does_not_concern_when_signed_off_then_it_is_refused(site, who, form, status):
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, f"{CREW}/sign-off", form).status_code == status
    assert counts(site) == before


def test_tr4_given_a_newcomer_when_guided_then_fourteen_days_are_kept_and_another_may_take_over(site):
    client = signed_in(site, "lea")

    send(client, f"{CREW}/newcomers", BESIDE)
    send(client, f"{CREW}/newcomers", BESIDE)
    send(client, f"{CREW}/newcomers", BESIDE | {"mentor": "lea", "from": (TODAY - DAY).isoformat()})

    with site.app_context():
        rows = [(row.from_on, row.to_on, row.mentor_id) for row in rows_of(Newcomer)]
    last = TODAY + 13 * DAY
    assert rows == [(TODAY, last, "ben"), (TODAY, last, "lea")]
    assert "由人员lea带教" in page(client, CREW)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (BESIDE | {"mentor": "ann"}, 422),
        (BESIDE | {"mentor": "bob"}, 422),
        (BESIDE | {"mentor": "nobody"}, 404),
        (BESIDE | {"person": "bob"}, 404),
        (BESIDE | {"from": ""}, 422),
        (BESIDE | {"from": "gestern"}, 422),
        (BESIDE | {"from": (TODAY + DAY).isoformat()}, 422),
        (BESIDE | {"from": (TODAY - 15 * DAY).isoformat()}, 422),
    ],
)
def test_given_odd_input_when_somebody_is_guided_then_it_is_refused(site, form, status):
    client = signed_in(site, "lea")
    before = counts(site)

    assert send(client, f"{CREW}/newcomers", form).status_code == status
    assert counts(site) == before


def test_tr4_given_a_time_that_is_over_when_it_shall_begin_again_then_it_is_refused(site):
    with site.app_context():
        lessons.newcomer("ann", TODAY - 20 * DAY)
    client = signed_in(site, "lea")
    before = counts(site)

    answer = send(client, f"{CREW}/newcomers", BESIDE)

    assert answer.status_code == 409 and "2026-11-16" in answer.get_data(as_text=True)
    assert counts(site) == before


@pytest.mark.parametrize("who", ["ann", "stan", "max"])
def test_given_who_does_not_lead_when_somebody_is_guided_then_it_is_refused(site, who):
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, f"{CREW}/newcomers", BESIDE).status_code == 403
    assert counts(site) == before


@pytest.mark.parametrize("who", ["lea", "sue", "stan"])
def test_given_a_certificate_when_entered_twice_then_it_is_kept_once_and_the_person_sees_it(site, who):
    form, client = certificate(), signed_in(site, who)

    assert send(client, f"{CREW}/certificates", form).status_code == 303
    assert send(client, f"{CREW}/certificates", form).status_code == 303

    with site.app_context():
        [row] = rows_of(Certificate)
    assert (row.person_id, row.name, row.issuer, row.by_id, row.withdrawn) == ("ann", "健康证", "疾控", who, False)
    assert "健康证" in page(signed_in(site, "ann"), "/training")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "长" * 61}, {"number": "1" * 61}, {"issuer": "长" * 81}, {"person": ""},
        {"valid_to": "2025-12-31"}, {"valid_to": "morgen"}, {"valid_from": "2026-13-01"}, {"id": "x"},
    ],
)  # fmt: skip
def test_given_odd_input_when_a_certificate_is_entered_then_nothing_is_kept(site, wrong):
    client = signed_in(site, "lea")
    before = counts(site)

    assert send(client, f"{CREW}/certificates", certificate(**wrong)).status_code == 422
    assert counts(site) == before


@pytest.mark.parametrize(("who", "person", "status"), [("lea", "bob", 404), ("ann", "ann", 403), ("max", "ann", 403)])
def test_given_a_stranger_when_a_certificate_is_entered_then_it_is_refused(site, who, person, status):
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, f"{CREW}/certificates", certificate(person=person)).status_code == status
    assert counts(site) == before


def test_given_a_certificate_when_withdrawn_twice_then_it_counts_no_longer_and_stays_readable(site):
    with site.app_context():
        entry = lessons.paper("ann", valid_to=TODAY)
    form = {"person": "ann", "entry": entry, "id": str(uuid.uuid4())}
    client = signed_in(site, "lea")

    assert send(client, f"{CREW}/certificates/withdraw", form).status_code == 303
    assert send(client, f"{CREW}/certificates/withdraw", form).status_code == 303
    assert send(client, f"{CREW}/certificates/withdraw", form | {"id": str(uuid.uuid4())}).status_code == 404

    with site.app_context():
        assert [row.withdrawn for row in rows_of(Certificate)] == [False, True]
    assert "健康证" not in page(signed_in(site, "ann"), "/training")


@pytest.mark.parametrize(("who", "status"), [("zoe", 404), ("ann", 403), ("max", 403)])
def test_given_a_stranger_when_a_certificate_is_withdrawn_then_it_is_refused(site, who, status):
    with site.app_context():
        entry = lessons.paper("ann")
    client = signed_in(site, who)
    before = counts(site)
    form = {"person": "ann", "entry": entry, "id": str(uuid.uuid4())}

    assert send(client, f"{CREW}/certificates/withdraw", form).status_code == status
    assert send(client, f"{CREW}/certificates/withdraw", form | {"id": "x"}).status_code in (422, 403)
    assert counts(site) == before


def test_given_a_manager_when_the_page_opens_then_it_is_to_read(site):
    text = page(signed_in(site, "max"), CREW)

    assert "人员ann" in text and "人员bob" not in text and "sign-off" not in text and "登记证书" not in text
