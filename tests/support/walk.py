"""A small world on the real clock for browser tests: restrooms and a vehicle, every kind of evidence, all due now."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask

from qr.payload import check_character
from tests.support import builders as a
from tests.support.standards import step_document as step

ROOMS = tuple(f"{number:09}" + check_character(f"{number:09}") for number in range(20))
ROOM, POST = ROOMS[0], "ABCDEFGHJE"
LEVELS = ["0级 无臭味", "1级 微有臭味", "2级 明显臭味"]
ROOM_STEPS = (
    step("S01", "choice", key=True, title="气味判定", choices=LEVELS, pass_choices=LEVELS[:2]),
    step("S02", title="清运垃圾"),
    step("S03", title="擦拭台面"),
    step("S04", "photo", key=True, title="全景自检", photo_min=1, safety="地面未干不得撤牌。"),
    step(
        "S05",
        title="查明气味来源",
        applies_when={"fact": "steps.S01.result", "eq": "fail"},
    ),
)
POST_STEPS = (
    step("S01", "number", key=True, title="酒精检测", unit="mg/100mL", min=0, max=0),
    step("S02", "number", title="胎压", unit="kPa", min=210, max=280),
    step("S03", "text", title="未了事项", quick_text="无"),
    step("S04", title="绕车一周"),
    step(
        "S05",
        "number",
        title="三相电流不平衡度",
        unit="%",
        max=15,
        inputs=[{"id": name, "title": f"{name}相", "unit": "A"} for name in ("ia", "ib")],
        formula="(max(ia,ib)-min(ia,ib))/max(ia,ib)*100",
    ),
    step("S06", "choice", key=True, title="双方签认", choices=["双方签认"], pass_choices=["双方签认"], dual_sign=True),
)


def load_walk(_app: Flask) -> None:
    """Fill a bare database; the windows opened ten minutes ago."""
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    a.orgs()
    a.person("wk-01", name="保洁一班-01", crew_id="c1", shift_id="early")
    a.person("wk-02", name="保洁一班-02", crew_id="c1", shift_id="early")
    a.place()
    a.crew()
    a.standard(*ROOM_STEPS, code="JGSW05003.01", confirm="together")
    a.standard(*POST_STEPS, code="JGSW05008.01", confirm="each")
    places = [(f"p{number}", code, f"1号楼{number}层男卫生间", "JGSW05003.01") for number, code in enumerate(ROOMS)]
    for point, code, name, standard in (*places, ("car", POST, "公务用车 示A·T0001", "JGSW05008.01")):
        a.point(point, code, name=name)
        a.works_at(point, standard)
        a.occurrence(
            point,
            start=now - timedelta(minutes=10),
            business_on=today,
            standard_code=standard,
            edition=f"{standard}-2026",
            assignee_id="wk-01",
            label="上午巡回",
        )
