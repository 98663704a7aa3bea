"""The demo's appraisals from outside: a visit, a conduct appraisal, a measurement, and one taken back."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from app.accounts.queries import person_by_id
from app.appraisals.actions import Wish, register, withdraw
from app.appraisals.rules import Party, Result, Way
from app.demo.actions_arrivals import Site

OFFICE = "std-01"
# Days ago, way, party, unit, who, (asked, satisfied, tenths of a point), conclusion, what it asks for.
TOLD = (
    (
        4, Way.VISIT, Party.SECOND, "ctr-clean", "市政府办公室行政处", (12, 11, None),
        "走访六个楼层，公共区域整洁，早班到位及时。", "三楼卫生间下午增加一次补纸。",
    ),
    (
        9, Way.MEASURED, Party.THIRD, "ctr-food", "示例市场调查有限公司", (186, 171, 925),
        "明厨亮灶和留样执行到位；高峰排队时间偏长。", "十一点四十前增开一个窗口。",
    ),
    (
        33, Way.CONDUCT, Party.SECOND, "dept-huiwu", "市直机关政风行风评议团", (40, 39, 962),
        "会务服务热情规范，投影故障处置及时。", "",
    ),
    (
        33, Way.CONDUCT, Party.SECOND, "dept-gongche", "市直机关政风行风评议团", (40, 38, 948),
        "派车响应快。", "节前用车高峰提前公布运力。",
    ),
)  # fmt: skip
TWICE_WHY = "与同日登记的走访重复。"


def play_appraisals(site: Site, now: datetime) -> None:
    """Through the real deeds; the same for every load of a day. The first is registered twice and taken back once."""
    office = person_by_id(OFFICE)
    if office is None:
        raise LookupError(OFFICE)
    today = now.astimezone(site.zone).date()
    for number, (days, way, party, unit_id, assessor, figures, said, wants) in enumerate((*TOLD, TOLD[0])):
        wish = Wish(
            id=_id(number), way=way, party=party, unit_id=unit_id, held_on=today - timedelta(days=days),
            assessor=assessor, result=Result(*figures), said=said, wants=wants,
        )  # fmt: skip
        register(wish, office, now, today)
    withdraw(_id(len(TOLD)), TWICE_WHY, office, now)


def _id(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"dabiao:appraisal:{number}"))
