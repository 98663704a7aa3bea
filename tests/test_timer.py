import multiprocessing
import os
import signal
import threading
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, timer
from app.accounts.models import Bucket
from app.accounts.queries import levels_of
from app.audit.actions import note
from app.chain.actions_verify import verify
from app.chain.queries import tail
from app.chain.rules_digest import START
from app.cli import group
from app.db import atomically, db, run, scalar
from app.schedule.models import CalendarDay
from app.schedule.queries_leases import last_done_at, lease_free
from app.schedule.writes_leases import end_lease, take_lease
from app.timer import Ran, run_due, take_back
from app.timer_holders import is_gone, new_holder
from app.timer_jobs import JOBS, Job
from tests.support import builders
from tests.support.builders import NOW
from tests.support.databases import make_app
from tests.support.duties import MONDAY_NOON, minutes, notes, rows, world

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAYS = CalendarDay.__table__


def counting(name="count", failures=0, every=HOUR):
    """A job that adds a row of its own each time it is done, after it failed so many times."""
    left = [failures]

    def work(_host):
        if left[0]:
            left[0] -= 1
            raise RuntimeError("planted")
        return atomically(add_one)

    return Job(name, every, 5 * MINUTE, work)


def add_one():
    day = MONDAY_NOON.date() + timedelta(days=_count_inside())
    run(DAYS.insert().values(on=day, kind="holiday", name="", source="test"))
    return 1


def _count_inside():
    return scalar(select(func.count()).select_from(DAYS))


def count(app):
    with app.app_context():
        return _count_inside()


def at(moment, app, *jobs, **keys):
    with clock.at(moment):
        return run_due(app, jobs, **keys)


def test_given_a_job_when_its_time_has_not_come_then_it_waits_and_then_is_done_again(app):
    job = counting()

    first, early = at(NOW, app, job), at(NOW + 59 * MINUTE, app, job)
    later = at(NOW + 60 * MINUTE, app, job)

    assert (first, early, later) == ([Ran("count", 1)], [], [Ran("count", 1)])
    assert count(app) == 2
    with app.app_context():
        assert last_done_at("count") == NOW + HOUR


def test_given_a_job_that_was_done_when_it_is_asked_for_at_once_then_it_is_done(app):
    job = counting()
    at(NOW, app, job)

    again = at(NOW + MINUTE, app, job, at_once=True)

    assert again == [Ran("count", 1)]


def test_given_a_job_that_nobody_wants_when_the_timer_looks_then_it_is_left_alone(app):
    idle = Job("idle", HOUR, MINUTE, lambda _host: 1, wanted=lambda _now: False)

    assert at(NOW, app, idle) == []


def test_given_a_job_that_fails_when_the_timer_goes_on_then_others_are_done_and_it_is_tried_again(app):
    failing, other = counting("failing", failures=1), counting("other")

    ran = at(NOW, app, failing, other)
    soon, later = at(NOW + 4 * MINUTE, app, failing), at(NOW + 5 * MINUTE, app, failing)

    assert ran == [Ran("failing", None), Ran("other", 1)]
    assert (soon, later) == ([], [Ran("failing", 1)])


def test_given_a_holder_that_died_when_its_hold_runs_out_then_another_does_the_job(app):
    def die(_host):
        raise SystemExit

    with pytest.raises(SystemExit):
        at(NOW, app, Job("count", HOUR, 5 * MINUTE, die))

    assert at(NOW + 4 * MINUTE, app, counting()) == []
    assert at(NOW + 5 * MINUTE, app, counting()) == [Ran("count", 1)]


def _take_and_wait(url, instance, taken):
    def work(_host):
        taken.set()
        threading.Event().wait()

    with clock.at(NOW):
        run_due(make_app(url, instance), [Job("count", HOUR, 5 * MINUTE, work)])


def test_given_a_process_that_was_killed_in_a_job_when_another_begins_here_then_it_is_free_at_once_and_not_before(
    app, tmp_path
):
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    taken = spawn.Event()
    other = spawn.Process(target=_take_and_wait, args=(url, tmp_path / "instance", taken))
    other.start()
    assert taken.wait(60)

    with clock.at(NOW + MINUTE):
        while_it_lives = take_back(app), run_due(app, [counting()])
        os.kill(other.pid, signal.SIGKILL)
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        # Ended, and its parent has not asked for it yet.
        taken_back = take_back(app)
        other.join()
        after = take_back(app), run_due(app, [counting()])

    assert while_it_lives == ([], [])
    assert taken_back == ["count"]
    assert after == ([], [Ran("count", 1)])


def test_given_names_of_holders_when_looked_at_then_only_an_ended_process_of_this_machine_is_gone():
    machine, pid, began, own = new_holder().split(":")
    ended = multiprocessing.get_context("spawn").Process(target=int)
    ended.start()
    ended.join()

    assert not is_gone(f"{machine}:{pid}:{began}:{own}")
    assert is_gone(f"{machine}:{pid}:{int(began) - 1}:{own}"), "the number has come round"
    assert is_gone(f"{machine}:{ended.pid}:{began}:{own}")
    for elsewhere in ("", uuid.uuid4().hex, f":{ended.pid}:{began}:{own}", f"0123456789ab:{ended.pid}:{began}:{own}"):
        assert not is_gone(elsewhere)
    assert not is_gone(f"{machine}:{'9' * 40}:{began}:{own}")
    assert len(new_holder()) <= 80
    assert new_holder() != new_holder()


def test_given_many_threads_at_once_when_they_look_then_the_job_is_done_once(app):
    start, ran = threading.Barrier(6), []

    def work():
        start.wait()
        ran.extend(run_due(app, [counting()]))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ran == [Ran("count", 1)]
    assert count(app) == 1


def _in_a_process(url, instance, start, answers):
    app = make_app(url, instance)
    start.wait()
    answers.put([ran.count for ran in run_due(app, [JOBS[0]])])


def test_given_two_processes_at_once_when_both_make_rows_then_one_does_and_each_row_is_there_once(app, tmp_path):
    with app.app_context():
        world()
        url = db.engine.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    start, answers = spawn.Barrier(2), spawn.Queue()
    made = [spawn.Process(target=_in_a_process, args=(url, tmp_path / "instance", start, answers)) for _ in range(2)]
    for process in made:
        process.start()
    told = sorted(answers.get(timeout=60) for _ in made)
    for process in made:
        process.join()

    assert told[0] == []
    with app.app_context():
        assert told[1] == [len(rows())]
        assert len(set(rows())) == len(rows()) >= 18


def test_given_the_shipped_jobs_when_they_run_then_rows_are_made_and_states_settled(app):
    with app.app_context():
        world()
    rows_and_settle = JOBS[:2]

    at(MONDAY_NOON, app, *rows_and_settle)
    at(MONDAY_NOON + minutes(60 * 24), app, *rows_and_settle)

    with app.app_context():
        assert rows()[:2] == [("2026-11-23/A/A2", "missed"), ("2026-11-24/A/A1", "planned")]
        assert [kind for _one, kind, _by in notes()] == ["missed"]
        assert _count_inside() == 39


def test_given_the_command_when_it_ticks_then_it_says_what_it_did(app):
    with app.app_context():
        builders.small_world()
    runner = app.test_cli_runner()

    first = runner.invoke(group, ["tick"])
    again = runner.invoke(group, ["tick"])
    everything = runner.invoke(group, ["tick", "--all"])

    assert first.exit_code == again.exit_code == everything.exit_code == 0
    assert "rows: " in first.output
    assert "rows: " not in again.output
    assert "rows: " in everything.output


def test_given_settings_without_a_timer_when_a_worker_starts_then_no_thread_does(app):
    before = threading.active_count()

    assert timer.start(app) == []
    assert threading.active_count() == before


def test_given_buckets_that_had_a_day_to_fill_when_the_timer_works_then_they_go(app):
    with app.app_context():
        for key, days in (("code/old", 2), ("code/new", 0)):
            builders.kept(Bucket, key=key, tokens=0, filled_at=NOW - timedelta(days=days))

    ran = at(NOW, app, *(job for job in JOBS if job.name == "buckets"))

    assert ran == [Ran("buckets", 1)]
    with app.app_context():
        assert list(levels_of(["code/old", "code/new"])) == ["code/new"]


def test_given_somebody_who_seals_when_the_daily_walk_is_due_then_it_waits_and_later_finds_nothing(app):
    history = next(job for job in JOBS if job.name == "history")
    with app.app_context():
        builders.small_world()
        atomically(lambda: take_lease("chain", "another", MONDAY_NOON, hold=HOUR / 2, every=timedelta(0)))
        audit_note()

    assert at(MONDAY_NOON, app, history) == [Ran("history", 0)]
    with app.app_context():
        assert tail()[1] == START
        atomically(lambda: end_lease("chain", "another", MONDAY_NOON, None))

    (ran,) = at(MONDAY_NOON + 2 * HOUR, app, history)
    assert ran.count
    with app.app_context():
        assert verify(app.extensions["settings"].instance).first is None
        assert lease_free("chain", MONDAY_NOON + 2 * HOUR, timedelta(0), HOUR / 2)


def audit_note():
    atomically(lambda: note("setting.changed", by_id="ann", about="x"))
