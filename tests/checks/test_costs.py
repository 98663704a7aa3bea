"""What a submission costs the database: few statements, and none more for more steps."""

from app import clock
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.counting import queries_counted
from tests.support.protocol import LITTLE, Phone, world
from tests.support.standards import step_document

# The session and its grants, the receipt, the scene, the photo's owner, its hash elsewhere; then the phone's call, the
# occurrence and its event, receipt, check, answers, photo, picture. Raise it only with a reason.
MOST_STATEMENTS = 15


def test_given_eight_steps_and_a_photo_when_submitted_then_few_statements_do_it(app):
    steps = [step_document("S01", "photo", **LITTLE), *(step_document(f"S0{no}") for no in range(2, 9))]
    world(app, *steps)
    phone = Phone(app, "ann")
    phone.put_photo()
    answers = [make.answer(photos=[PHOTO]), *(make.answer(f"S0{no}") for no in range(2, 9))]
    with clock.at(make.NOW):
        phone.get(f"/api/v1/points/{make.CODE}")

    with queries_counted() as made:
        assert phone.post("/api/v1/checks", make.submission(answers=answers)).status_code == 201

    assert len([each for each in made if not each.startswith(("BEGIN", "PRAGMA"))]) <= MOST_STATEMENTS, "\n".join(made)
