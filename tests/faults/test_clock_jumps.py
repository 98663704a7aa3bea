"""The server's clock put on and back by an hour, a day, a year: nothing rejected or doubled, no job stalls for ever."""

import time
import urllib.error
import urllib.request
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app import clock
from app.checks.models import Receipt
from app.db import rows
from app.schedule.models import Occurrence
from app.schedule.queries_leases import lease_free
from app.timer import run_due
from app.timer_jobs import JOBS
from tests.support import builders, pictures, servers
from tests.support.calls import calling_photo_step, photo_step
from tests.support.databases import let_go, make_app
from tests.support.jumping import jump
from tests.support.killing import clear, judge
from tests.support.phones import Fleet, Phone, cookie_and_token

HOUR_S, DAY_S, YEAR_S = 3600, 86_400, 366 * 86_400
JUMPS = (HOUR_S, 0, -HOUR_S, 0, DAY_S, 0, -DAY_S, 0)
ROUNDS = 10


def more_receipts(fleet, count=5, seconds=60):
    had, until = len(fleet.receipts), time.monotonic() + seconds
    while len(fleet.receipts) < had + count:
        assert not fleet.faults, fleet.faults
        assert time.monotonic() < until, fleet.statuses
        time.sleep(0.01)


def status_of_session(fleet):
    asked = urllib.request.Request(
        f"http://127.0.0.1:{fleet.port}/api/v1/session", headers={"Cookie": fleet.cookie}
    )  # fmt: skip
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code


@pytest.mark.slow
def test_given_a_server_whose_clock_jumps_when_phones_go_on_sending_then_nothing_is_rejected_or_doubled(
    templates, tmp_path, fork, rounds
):
    for number in rounds.of("clock-jumps", share=1, full=ROUNDS, each=len(JUMPS)):
        instance = tmp_path / f"instance-{number}"
        with templates.copy("sqlite", "photo_step", photo_step, instance) as url:
            moved = {"application": "tests.support.jumping", "fork": fork, "DABIAO_TIMER": "1"}
            with servers.serving(url, instance, **moved) as server:
                app = make_app(url, instance)
                fleet = Fleet(int(server.url.rpartition(":")[2]), *cookie_and_token(app, "ann"))
                let_go(app)
                phones = [Phone(fleet, each) for each in range(4)]
                for phone in phones:
                    phone.start()
                try:
                    for seconds in JUMPS:
                        jump(instance, seconds)
                        more_receipts(fleet)
                finally:
                    fleet.stopping = True
                    for phone in phones:
                        phone.join(60)
                sessions = []
                for seconds in (YEAR_S, 0, -YEAR_S, 0):
                    jump(instance, seconds)
                    sessions.append(status_of_session(fleet))

            # A session ends after thirty days, and is itself again when the year turns out not to have passed.
            assert sessions == [401, 200, 200, 200]
            rounds.note(**judge(url, instance, fleet))
        clear(instance)


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=1), timedelta(days=366)], ids=str)
def test_given_a_clock_put_on_and_back_when_the_timer_goes_on_then_every_job_is_done_again_in_its_time(
    database, templates, tmp_path, ahead
):
    with calling_photo_step(database, templates, tmp_path / "instance") as phone:
        before = run_due(phone.app)
        with clock.at(builders.NOW + ahead):
            jumped = run_due(phone.app)
        soon = run_due(phone.app)
        after = builders.NOW + timedelta(hours=25)
        with phone.app.app_context():
            waiting = [job.name for job in JOBS if not lease_free(job.name, after, job.every, job.hold)]
        with clock.at(after):
            later = run_due(phone.app)

    assert [each for each in (*before, *jumped, *soon, *later) if each.count is None] == []
    assert waiting == []
    assert {"rows", "sweep", "buckets"} <= {each.name for each in later}


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=1), timedelta(days=366)], ids=str)
def test_given_work_open_when_the_clock_was_put_on_for_a_moment_then_it_can_still_be_done_in_time(
    database, templates, tmp_path, ahead
):
    with calling_photo_step(database, templates, tmp_path / "instance") as phone:
        photo_id, check_id = uuid4(), uuid4()
        content = pictures.jpeg()
        assert phone.put(content, photo_id).status_code == 201
        with clock.at(builders.NOW + ahead):
            run_due(phone.app, JOBS)
        # Photos of a day ago were swept: the phone is told so and sends them again.
        assert phone.put(content, photo_id).status_code in (200, 201)
        first = phone.submit([photo_id], check_id)
        again = phone.submit([photo_id], check_id)
        with phone.app.app_context():
            receipts = rows(select(Receipt.check_id))
            state = [str(each.state) for each in rows(select(Occurrence.state))][:1]

    assert (first.status_code, again.status_code) == (201, 200), first.json
    assert again.json["receipt"]["number"] == first.json["receipt"]["number"]
    assert len(receipts) == 1
    assert state == ["in_window"]
