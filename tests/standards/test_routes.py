"""Given the register, when read by a role, then it shows the standards of its reach."""

from tests.support.builders import small_world


def signed_in(app, client, who: str):
    with app.app_context():
        small_world()
    client.sign_in(who)
    return client


def test_given_a_worker_when_the_register_is_opened_then_the_own_units_standards_stand_there(app, client):
    page = signed_in(app, client, "ann").get("/standards")

    assert page.status_code == 200 and "JGSW05003.01—2026" in page.text


def test_given_a_worker_of_another_unit_when_opened_then_it_teaches_instead(app, client):
    page = signed_in(app, client, "bob").get("/standards")

    assert page.status_code == 200 and "JGSW05003.01" not in page.text


def test_given_an_edition_when_opened_then_steps_stand_with_their_limits(app, client):
    page = signed_in(app, client, "sue").get("/standards/JGSW05003.01-2026")

    assert page.status_code == 200 and "S01" in page.text


def test_given_another_units_edition_when_opened_by_a_worker_then_404(app, client):
    assert signed_in(app, client, "bob").get("/standards/JGSW05003.01-2026").status_code == 404


def test_given_an_unknown_number_when_opened_then_404(app, client):
    assert signed_in(app, client, "sue").get("/standards/JGSW09999-2026").status_code == 404


def test_given_nobody_when_opened_then_sign_in_comes_first(client):
    answer = client.get("/standards")

    assert (answer.status_code, answer.location) == (303, "/login?next=/standards")
