"""The audit log of the demo: some days of looks, exports, a changed term and one text that waits to be looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from app import clock
from app.accounts.queries import person_by_id
from app.audit.actions import note
from app.db import atomically
from app.demo.actions_arrivals import Site
from app.privacy.actions_held import hold
from app.privacy.actions_retention import choose
from app.privacy.rules_retention import Kind

# Hours before now, kind, who, about whom or what.
LINES = (
    (70, "sign_in.ok", "wk-24", "wk-24"),
    (69, "view.people", "adm-01", ""),
    (68, "view.person", "adm-01", "wk-05"),
    (47, "sign_in.failed", None, "wk-05"),
    (46, "export.file", "wk-24", "daily log"),
    (45, "view.figures", "wk-24", "wk-05"),
    (26, "view.contact", "wk-24", "complaint"),
    (22, "export.file", "aud-01", "training ledger"),
    (3, "sign_in.ok", "aud-01", "aud-01"),
)
RECORD = "00000000-0000-4000-8000-00000000de30"
WORDS = "发现一份标有秘密字样的文件夹，已交值班室。"
REASON = "本单位档案规定，电梯记录保存五年。"


def play_privacy(site: Site, now: datetime) -> int:
    """Gives back how many lines were written. Called outside a transaction."""
    del site
    for hours, kind, by_id, about in LINES:
        data = {"what": about, "purpose": "daily"} if kind == "export.file" else None
        with clock.at(now - timedelta(hours=hours)):
            atomically(partial(note, kind, by_id=by_id, about=about, address="10.3.8.21", data=data))
    worker, office = person_by_id("wk-05"), person_by_id("std-01")
    if worker is None or office is None:
        return len(LINES)
    with clock.at(now - timedelta(hours=2)):
        hold({"id": RECORD, "note": WORDS}, worker)
    atomically(lambda: choose(Kind.LIFTS, "", 60, REASON, office, now - timedelta(hours=20)))
    return len(LINES)
