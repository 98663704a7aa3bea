"""The application object: what it leaves behind of a request."""

import gc
from weakref import ref

from flask import request
from werkzeug.test import EnvironBuilder, run_wsgi_app


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
