"""The application object: what it leaves behind of a request."""

import gc
from weakref import ref

from flask import Blueprint, Flask, Response, after_this_request, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.web.application import MOST_HOSTS, Application
from app.web.outgoing import Answer


def test_given_a_request_when_it_was_answered_then_it_goes_at_once_and_waits_for_no_collector(app):
    seen = []
    app.before_request_funcs.setdefault(None, []).append(lambda: seen.append(ref(request._get_current_object())))
    gc.disable()
    try:
        body, status, headers = run_wsgi_app(app, EnvironBuilder(path="/login").get_environ())
        list(body)
        assert status.startswith("200")
        assert headers["Content-Security-Policy"]
        assert seen[0]() is None
    finally:
        gc.enable()


def asked(app, path: str, host: str, **more):
    """Status, and where a redirect leads."""
    builder = EnvironBuilder(path=path, base_url=f"http://{host}/", **more)
    body, status, headers = run_wsgi_app(app, builder.get_environ())
    list(body)
    return int(status[:3]), headers.get("Location")


def test_given_a_host_that_is_known_when_foreign_ones_ask_then_they_are_refused_each_time(app):
    ours = "localhost:8080"

    answers = [asked(app, "/login", host)[0] for host in (ours, "evil.example", ours, "evil.example", "localhost.evil")]

    assert answers == [200, 400, 200, 400, 400]


def test_given_a_host_that_is_known_when_asked_again_then_path_words_and_method_are_those_of_the_request(app):
    asked(app, "/login?next=/first", "localhost")

    assert asked(app, "/login", "localhost")[0] == 200
    assert asked(app, "/nowhere", "localhost")[0] == 404
    assert asked(app, "/login", "localhost", method="DELETE")[0] == 405
    assert asked(app, "/", "localhost")[0] in (302, 303)


def test_given_the_same_host_at_two_schemes_when_redirected_then_each_stays_with_its_own(app):
    with app.test_request_context("/", base_url="http://localhost/"):
        plain = request.host_url
    with app.test_request_context("/", base_url="https://localhost/"):
        secure = request.host_url
    with app.test_request_context("/", base_url="http://localhost/"):
        again = request.host_url

    assert (plain, secure, again) == ("http://localhost/", "https://localhost/", "http://localhost/")


def test_given_any_number_of_ports_when_they_ask_then_only_so_many_hosts_are_remembered(app):
    for port in range(1, MOST_HOSTS * 2):
        assert asked(app, "/login", f"127.0.0.1:{port}")[0] == 200

    assert len(app._hosts) == MOST_HOSTS


def test_given_what_a_view_gives_when_it_leaves_then_it_is_an_answer_of_ours(app):
    with app.test_request_context("/"):
        made = [app.make_response(given) for given in (Response("a"), "a", {"a": 1}, ("a", 201), (Response("a"), 404))]

    assert [type(each) for each in made] == [Answer] * 5
    assert [each.status_code for each in made] == [200, 200, 200, 201, 404]


def test_given_functions_before_and_after_of_a_group_when_asked_then_they_run_in_the_order_of_the_library():
    class Plain(Flask):
        pass

    assert passed(Application) == passed(Plain) == ["app", "group", "view", "this", "group after", "app after"]


def passed(kind):
    """What ran, in order, on a view of a group."""
    app, group, ran = kind(__name__), Blueprint("group", __name__), []
    app.secret_key = "key"
    app.before_request(lambda: ran.append("app"))
    group.before_request(lambda: ran.append("group"))
    app.after_request(lambda answer: ran.append("app after") or answer)
    group.after_request(lambda answer: ran.append("group after") or answer)

    @group.get("/view")
    def view():
        after_this_request(lambda answer: ran.append("this") or answer)
        ran.append("view")
        return "done"

    app.register_blueprint(group)
    with app.test_client() as client:
        client.get("/view")
    return ran


def test_given_a_function_before_that_answers_when_asked_then_the_view_does_not_run_and_those_after_do():
    app, ran = Application(__name__), []
    app.before_request(lambda: "stopped")
    app.before_request(lambda: ran.append("never"))
    app.after_request(lambda answer: ran.append("after") or answer)
    app.get("/")(lambda: ran.append("never"))

    assert app.test_client().get("/").text == "stopped"
    assert app.test_client().get("/nowhere").text == "stopped"
    assert ran == ["after", "after"]
