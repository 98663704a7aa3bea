"""Builders of bulletins: values of any month, and issued ones in the database."""

import uuid
from datetime import date, timedelta

from app.papers.models import Paper, PaperDraft
from app.papers.rules import Bulletin, Debt, Figure, Key, Owed, Problem, Ranked
from app.papers.rules_kept import as_json
from app.tallies.rules_rates import Rate
from tests.support.builders import NOW, kept

OCTOBER = date(2026, 10, 1)
LONG = "示例市市级机关综合物业服务集团股份有限公司第一分公司驻机关大院项目部保洁服务中心"


def figures(**changed: tuple[Rate, Rate]) -> tuple[Figure, ...]:
    usual = {str(key): (Rate(97, 100), Rate(19, 20)) for key in Key}
    return tuple(Figure(key, *changed.get(key, usual[key])) for key in Key)


def ranked(n: int = 1, **keys: object) -> Ranked:
    usual = {"unit_id": f"u{n}", "name": f"单位{n}", "contract": f"HT-{n}", "score": "90.00", "grade": "good",
             "on_time": Rate(90 + n, 100 + n)}  # fmt: skip
    return Ranked(**{**usual, **keys})


def debt(n: int = 1, **keys: object) -> Debt:
    usual = {"what": Owed.FINDING, "number": f"BF26{n:04}", "text": "地面有水渍", "who": "单位clean",
             "due": date(2026, 11, 3), "overdue": True, "link": f"/nonconformities/{n}"}  # fmt: skip
    return Debt(**{**usual, **keys})


def bulletin(**keys: object) -> Bulletin:
    problem = Problem("step", 1, "地面清洁", "卫生间日常保洁 S03", 12, 340, "/reports/bulletin/records")
    usual = {"month": OCTOBER, "unit_id": "", "unit": "示例局", "provisional": False, "as_of": "2026-11-10",
             "figures": figures(), "problems": (problem,), "ranking": (ranked(),), "debts": (debt(),)}  # fmt: skip
    return Bulletin(**{**usual, **keys})


def issued_bulletin(paper_id: str, unit_id: str, month: date = OCTOBER) -> str:
    """Drafted by sue and issued by stan, whoever they are."""
    draft = str(uuid.uuid5(uuid.NAMESPACE_URL, paper_id))
    place = {"kind": "bulletin", "first": month, "months": 1, "unit_id": unit_id}
    kept(PaperDraft, id=draft, **place, words="", by_id="sue", by_name="苏", at=NOW - timedelta(hours=2))
    kept(
        Paper, id=paper_id, draft_id=draft, **place, year=2026, number=1,
        body=as_json(bulletin(month=month, unit_id=unit_id)), sha256="d" * 64, by_id="stan", by_name="斯坦", at=NOW,
    )  # fmt: skip
    return paper_id
