"""Two at once: the same submission twice, two people at one window, two crew members at one claim."""

from app import clock
from app.checks.models import Answer, Check, Claim, Receipt
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.protocol import ID, Phone, claim_body, kept, world
from tests.support.turns import at_once, behind_the_turn

OTHER = "00000000-0000-4000-8000-000000000002"


def poster(phone, body):
    headers = {"X-CSRF-Token": phone.token, "X-Phone-Time": make.NOW.isoformat()}

    def post(path="/api/v1/checks"):
        with clock.at(make.NOW):
            return phone.client.post(path, json=body, headers=headers)

    return post


def test_given_the_same_submission_when_it_arrives_twice_at_once_then_one_record_and_one_receipt(app):
    world(app)

    answers = at_once(*(poster(Phone(app, "ann"), make.submission()) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.get_data() for answer in answers}) == 1
    assert [len(kept(app, table)) for table in (Check, Receipt, Answer)] == [1, 1, 1]


def test_given_two_people_when_they_do_one_window_at_once_then_both_are_kept_and_one_fills_it(app):
    world(app)
    ann, lea = Phone(app, "ann"), Phone(app, "lea")

    answers = at_once(poster(ann, make.submission()), poster(lea, make.submission(OTHER, person="lea")))

    assert [answer.status_code for answer in answers] == [201, 201]
    assert sorted(row.timing == "extra" for row in kept(app, Check)) == [False, True]
    assert kept(app, Occurrence)[0].check_id in (ID, OTHER)


def test_given_two_people_when_one_carries_the_other_then_each_record_is_its_own_persons(app):
    """Behind a turn that is taken, so that on SQLite both are one transaction in the thread of the first; on
    PostgreSQL nobody says which of ann's two phones comes first.
    """
    world(app)
    posts = [
        poster(Phone(app, "ann"), make.submission()), poster(Phone(app, "lea"), make.submission(OTHER, person="lea")),
        poster(Phone(app, "ann"), make.submission()),
    ]  # fmt: skip

    answers = behind_the_turn(app, posts)

    first, other, again = (answer.status_code for answer in answers)
    assert (sorted((first, again)), other) == ([200, 201], 201)
    assert {row.id: row.person_id for row in kept(app, Check)} == {ID: "ann", OTHER: "lea"}
    assert {row.check_id: row.person_id for row in kept(app, Receipt)} == {ID: "ann", OTHER: "lea"}
    assert answers[0].get_data() == answers[2].get_data()


def test_given_two_people_when_they_claim_one_window_at_once_then_one_holds_it(app):
    world(app)
    wishes = {person: claim_body(id=check_id) for person, check_id in (("ann", ID), ("lea", OTHER))}
    posts = [poster(Phone(app, person), wish) for person, wish in wishes.items()]

    answers = at_once(*(lambda post=post: post("/api/v1/claims") for post in posts))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(kept(app, Claim)) == 1
