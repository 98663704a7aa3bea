"""Hostile words in every field of an inspection: kept as text and shown as text, or refused; never an error of ours."""

import itertools
import uuid

import pytest

from tests.support import inspecting as a

MARKUP = "<img src=x onerror=alert(1)>'\"--{{7*7}}${7*7}"
SHOWN = "&lt;img src=x onerror=alert(1)&gt;"
ODD = [MARKUP, "9" * 30, "9999-12-31", "²", "=HYPERLINK(1)"]
FIELDS = (
    "id", "occasion", "unit", "template", "post", "on", "basis", "inspectors", "reason", "conclusion", "summary",
    "side", "way", "digest", "objects", "words", "name", "text", "revision", "then", "ways", "record", "fact",
    "severity", "number", "title", "title.1", "content.1", "version", "source", "account", "body", "last_on", "person",
)  # fmt: skip


def post(client, path, data=None):
    return client.post(path, data={"csrf_token": client.token("/me"), **(data or {})})


def text_of(answer):
    return answer.get_data(as_text=True)


def test_given_markup_in_every_text_when_shown_to_all_sides_then_it_is_text(site, at_work):
    template, addendum = str(uuid.uuid4()), str(uuid.uuid4())
    stan, sue = at_work("stan"), at_work("sue")
    kept = {"id": template, "title": MARKUP[:60], "title.1": MARKUP[:60], "content.1": MARKUP, "source": MARKUP}
    done = [post(stan, "/inspections/templates", kept)]
    bad = a.Said((), MARKUP, a.Conclusion.NONCONFORMING, MARKUP, "minor")
    with site.app_context():
        made = a.begun(template_id=template, post=MARKUP, basis=MARKUP)
        a.said(made, 1, bad)
    ina, path = at_work("ina"), f"/inspections/{made}"
    done.append(post(ina, f"{path}/finish", {"conclusion": "nonconforming", "summary": MARKUP}))
    with site.app_context():
        a.sign(made, "ina", a.Side.INSPECTORS)
        a.sign(made, "sue", a.Side.INSPECTED, objects=True, words=MARKUP)
    done.append(post(stan, f"{path}/announce", {"text": MARKUP}))
    done.append(post(stan, f"{path}/addenda", {"id": addendum, "text": MARKUP}))

    assert [answer.status_code for answer in done] == [303, 303, 303, 303]
    pages = ["/inspections?view=behind", path, f"{path}/items/1", f"/inspections/announcements/{made}"]
    for client in (ina, sue, stan):
        shown = "".join(text_of(client.get(page)) for page in pages)
        assert "<img src=x" not in shown
        assert shown.count(SHOWN) >= 9
    assert SHOWN in text_of(stan.get(f"/inspections/templates/{template}"))


@pytest.mark.parametrize("person", ["ina", "stan"])
def test_given_odd_texts_in_every_field_when_sent_anywhere_then_never_an_error_of_ours(site, at_work, person):
    with site.app_context():
        made = a.begun(inspectors=("ina",))
    client = at_work(person)
    token = client.token("/me")
    here = f"/inspections/{made}"
    deeds = (
        "plan", "cancel", "finish", "reopen", "sign", "announce", "addenda", "externals", "externals/prolong",
        "externals/end", "items/1", "items/1/links", "items/1/finding", "items/1/evidence", "items/999999999999999",
    )  # fmt: skip
    paths = ["/inspections", "/inspections/templates", "/inspections/templates/shipped-000/copy"]
    paths += [f"{here}/{deed}" for deed in deeds]

    answers = {
        (path, odd): client.post(path, data={"csrf_token": token, **dict.fromkeys(FIELDS, odd)}).status_code
        for path, odd in itertools.product(paths, ODD)
    }

    assert set(answers.values()) <= {303, 403, 404, 409, 422}, answers


def test_given_a_request_without_its_token_when_sent_then_refused_and_nothing_is_planned(site, at_work):
    client = at_work("ina")

    answer = client.post("/inspections", data={"id": str(uuid.uuid4())})

    assert answer.status_code == 403
    assert 'id="inspection-list"' not in text_of(client.get("/inspections"))
