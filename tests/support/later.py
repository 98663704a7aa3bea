"""The application on a later day: every request is answered as if so many days had passed."""

import os
from datetime import timedelta

from app import clock
from app import create_app as create_today

DAYS = "DABIAO_TESTS_DAYS_LATER"


def create_app():
    app = create_today()
    days, answer = timedelta(days=int(os.environ[DAYS])), app.wsgi_app

    def later(environ, start_response):
        with clock.at(clock.now() + days):
            return answer(environ, start_response)

    app.wsgi_app = later
    return app
