"""Every figure on the demo's month page: the page behind it lists exactly that many records (rules MT-34)."""

import re
from datetime import date

import pytest

from app.accounts.queries import person_by_id
from app.stats.queries_monthpage import records
from app.stats.rules_asked import record_query
from tests.support.played import PLAYED as NOW
from tests.support.played import demo_month
from tests.support.readers import body, signed_in

STEPS = {"conformity": ("steps_pass", "steps_fail"), "key": ("key_due",), "photo": ("photos_due",)}


@pytest.fixture
def demo(inside):
    with demo_month(inside) as played:
        yield played


def test_mt34_given_the_demo_month_when_every_figure_is_opened_then_its_records_are_as_many(demo):
    client = signed_in(demo, "ldr-01")
    seen = {}
    for by in ("unit", "point", "standard", "person"):
        seen |= dict(figures(every_page(client, f"/stats?month=2026-11&by={by}")))

    wrong = [
        (href, number, behind) for href, number in seen.items() if (behind := counted(demo, client, href)) != number
    ]

    assert wrong == []
    kinds = "/stats/beside /nonconformities fixed=1 measure=short measure=found weekday= outcome= person= point="
    assert [kind for kind in kinds.split() if not any(kind in href for href in seen)] == []
    assert len(seen) > 200


def figures(text):
    """(link, how many it stands for) of every figure of the page that opens something."""
    pairs = re.findall(r'<a class="rate num" href="([^"]+)">[^<]*</a>\s*<span class="muted small num">\d+/(\d+)', text)
    pairs += re.findall(
        r'<a class="num" href="(/stats/beside[^"]+)">[^<]*</a> <span class="muted small num">\d+/(\d+)', text
    )
    pairs += re.findall(
        r'<a class="num" href="([^"]*measure=short)">[^<]*</a> <span class="muted small num">\d+/(\d+)', text
    )
    pairs += re.findall(r'<a class="num" href="([^"]*measure=(?:usage|found))">(\d+)<', text)
    pairs += re.findall(r'<a class="num" href="(/nonconformities[^"]+)">(\d+)<', text)
    pairs += re.findall(r'<a href="([^"]*outcome=[^"]*)"><i class="f-\w+"></i>[^<]*<strong class="num">(\d+)', text)
    pairs += re.findall(r'<td class="num"><a href="([^"]*(?:outcome|helper)=[^"]*)">(\d+)<', text)
    pairs += re.findall(r'<a class="heat-\d num" href="([^"]+)">(\d+)', text)
    tiles = re.findall(r'<a class="tile[^"]*" href="([^"]*measure=[^"]*)">(.*?)</a>', text, re.DOTALL)
    pairs += [(href, re.findall(r"\d+", inner.split('class="sub')[1])[1]) for href, inner in tiles]
    return [(href.replace("&amp;", "&"), int(number)) for href, number in pairs]


def counted(app, client, href):
    """How many windows, steps, photos or other records the page behind a link has."""
    if href.startswith("/stats/beside"):
        return len(re.findall("<tr data-item", every_page(client, href)))
    if href.startswith("/nonconformities"):
        return len(re.findall('<a class="finding ', every_page(client, href)))
    args = dict(re.findall(r"(\w+)=([^&]*)", href))
    query = record_query(args, date(2026, 11, 20))
    who, zone = person_by_id("ldr-01"), app.extensions["settings"].zone
    whole = records(who, query, NOW, zone).whole
    if query.measure not in STEPS:
        return whole
    lines = []
    for page in range(1, -(-whole // 50) + 1):
        lines += records(who, record_query({**args, "page": str(page)}, date(2026, 11, 20)), NOW, zone).lines
    return sum(getattr(line, name) for line in lines for name in STEPS[query.measure])


def every_page(client, href):
    """The list with all of its pages."""
    first = body(client, href)
    last = max([1, *map(int, re.findall(r"[?&;]page=(\d+)", first))])
    return first + "".join(body(client, f"{href}&page={page}") for page in range(2, last + 1))
