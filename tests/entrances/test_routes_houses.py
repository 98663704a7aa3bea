"""Houses that speak another way: WeCom and DingTalk by stubs, and a provider that is not ours."""

import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlencode

import pytest

from app.accounts.models import Person, SignIn
from tests.support.entering import stored, stub, walk
from tests.support.identity import CLIENT, SECRET


@pytest.mark.parametrize("via", ["wecom", "dingtalk"])
def test_given_a_stub_of_the_house_when_a_member_comes_then_department_and_name_make_the_account(make, house, via):
    claim = "department" if via == "wecom" else "dept_id_list"
    app = make(stub(house, via, units=[{"claim": claim, "value": "3", "unit": "clean", "role": "crew_leader"}]))

    answer = walk(app.test_client(), house, via)

    assert answer.status_code == 303
    made = [row for row in stored(app, Person.id, Person.name, Person.role) if row[0].startswith(via)]
    assert [row[1:] for row in made] == [("王小明" if via == "wecom" else "李梅", "crew_leader")]


def test_given_wecom_when_the_token_is_over_then_another_is_asked_for_once(make, house):
    app = make(stub(house, "wecom", units=[{"claim": "department", "value": "3", "unit": "clean"}]))
    house.stale_once = True

    assert walk(app.test_client(), house, "wecom").status_code == 303
    assert [path for _m, path, *_ in house.asked].count("/cgi-bin/gettoken") == 2


@pytest.mark.parametrize(
    ("via", "name", "value"),
    [
        ("wecom", "who", {"errcode": 0, "openid": "visitor"}),
        ("wecom", "member", {"errcode": 60111, "errmsg": "invalid userid"}),
        ("wecom", "member", {"errcode": 0, "userid": "WangXM", "status": 2, "department": [3]}),
        ("dingtalk", "ding", {"userid": "m-7", "name": "李梅", "dept_id_list": [3], "active": False}),
    ],
)
def test_given_a_visitor_or_somebody_who_left_when_coming_then_nobody_is_let_in(make, house, via, name, value):
    app = make(stub(house, via, units=[{"claim": "department", "value": "3", "unit": "clean"}]))
    setattr(house, name, value)

    assert walk(app.test_client(), house, via).status_code == 403
    assert stored(app, SignIn.id) == []


@pytest.fixture
def provider():
    """A provider from PyPI, in a process of its own."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "127.0.0.1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/.well-known/openid-configuration").close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def test_given_a_provider_that_is_not_ours_when_a_person_signs_in_there_then_the_account_opens(make, provider):
    declared = {"id": "real", "via": "oidc", "label": "真的", "client_id": CLIENT, "secret": SECRET, "base": provider}
    app = make({**declared, "units": [{"claim": "sub", "value": "u-9", "unit": "clean"}]})
    client = app.test_client()
    door = client.get("/entrances/real/start").location
    given = urllib.request.Request(door, data=urlencode({"sub": "u-9"}).encode(), method="POST")

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(given)
    back = moved.value.headers["Location"]
    moved.value.close()

    answer = client.get(back.removeprefix("http://localhost"))

    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    assert client.get("/me/sessions").status_code == 200
