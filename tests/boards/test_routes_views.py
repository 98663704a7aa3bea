"""Saved views: save, rename, begin with one, delete; only ever one's own."""

import pytest
from sqlalchemy import select

from app.boards.models import SavedView
from app.boards.rules_views import MOST_VIEWS
from app.db import rows
from tests.support import builders as make
from tests.support.readers import body, readers, signed_in

PATH = "/stats?month=2026-11&by=point"


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
        readers()
    return app


def kept(app, person_id="leo"):
    with app.app_context():
        columns = (SavedView.id, SavedView.name, SavedView.path, SavedView.is_start, SavedView.person_id)
        found = rows(select(*columns).order_by(SavedView.id))
        return [tuple(row[:4]) for row in found if row[4] == person_id]


def save(client, name="点位", path=PATH):
    return post(client, "", name=name, path=path)


def post(client, deed, **form):
    return client.post(f"/figures/views{deed}", data={"csrf_token": client.token("/me"), **form})


def test_given_a_page_of_figures_when_saved_then_it_stands_among_the_own_views_and_opens(world):
    client = signed_in(world, "leo")

    assert save(client).status_code == 303

    text = body(client, "/figures/views")
    assert f'href="{PATH.replace("&", "&amp;")}"' in text
    assert "点位" in text
    body(client, PATH)


def test_given_a_save_that_is_sent_again_when_it_arrives_then_there_is_one_view(world):
    client = signed_in(world, "leo")

    for _ in range(2):
        assert save(client).status_code == 303

    assert len(kept(world)) == 1


@pytest.mark.parametrize(
    ("name", "path"), [("", PATH), ("x" * 41, PATH), ("a", "https://evil.example/"), ("a", "/logout")]
)
def test_given_bad_input_when_saved_then_it_is_refused_and_nothing_is_kept(world, name, path):
    response = save(signed_in(world, "leo"), name, path)

    assert response.status_code == 422
    assert kept(world) == []


def test_given_twenty_views_when_another_is_saved_then_it_is_refused_and_an_old_one_may_still_change(world):
    client = signed_in(world, "leo")
    for number in range(MOST_VIEWS):
        save(client, f"v{number:02}")

    assert save(client, "one more").status_code == 422
    assert save(client, "v03", "/stats").status_code == 303
    assert len(kept(world)) == MOST_VIEWS
    assert "/stats" in {path for _id, _name, path, _start in kept(world)}


def test_given_a_view_made_the_start_when_figures_are_opened_then_they_begin_with_it_until_it_is_deleted(world):
    client = signed_in(world, "leo")
    save(client)
    save(client, "二", "/stats")
    first, second = (view[0] for view in kept(world))

    post(client, f"/{second}/start", wanted="1")
    post(client, f"/{first}/start", wanted="1")

    assert [view[3] for view in kept(world)] == [True, False]
    assert client.get("/figures").headers["Location"].endswith(PATH)
    for _ in range(2):
        assert post(client, f"/{first}/removal").status_code == 303
    assert client.get("/figures").headers["Location"].endswith("/figures/board")
    assert [view[1] for view in kept(world)] == ["二"]


def test_given_a_view_when_renamed_then_it_has_the_name_and_another_views_name_is_refused(world):
    client = signed_in(world, "leo")
    save(client)
    save(client, "二")
    first = kept(world)[0][0]

    assert post(client, f"/{first}/name", name="新名").status_code == 303
    assert post(client, f"/{first}/name", name="新名").status_code == 303
    assert post(client, f"/{first}/name", name="二").status_code == 409
    assert post(client, f"/{first}/name", name="").status_code == 422
    assert {view[1] for view in kept(world)} == {"新名", "二"}


def test_given_anothers_view_when_touched_then_it_is_not_found_and_stays(world):
    save(signed_in(world, "leo"))
    view = kept(world)[0]
    stranger = signed_in(world, "sue")

    assert post(stranger, f"/{view[0]}/name", name="x").status_code == 404
    assert post(stranger, f"/{view[0]}/start").status_code == 404
    post(stranger, f"/{view[0]}/removal")

    assert kept(world) == [view]
    assert "by=point" not in body(stranger, "/figures/views")


def test_given_the_administrator_or_nobody_when_asked_then_there_are_no_views(world):
    assert save(signed_in(world, "adm")).status_code == 403
    assert world.test_client().post("/figures/views", data={"name": "x", "path": PATH}).status_code in (303, 401, 403)
    assert kept(world, "adm") == []
