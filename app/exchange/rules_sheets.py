"""The sheets of each workbook, as the office fills them in; headings and hints are Chinese like the content."""

from app.exchange.rules import Column, Form, Kind, SheetPlan

TEXT, CHOICE, YES_NO, NUMBER, DAY, LIST = Form.TEXT, Form.CHOICE, Form.YES_NO, Form.NUMBER, Form.DAY, Form.LIST

POINTS = SheetPlan(
    "点位",
    ("code",),
    (
        Column("code", "点位编号", "如 01-03-WC-01，不能重复", required=True, most=20),
        Column("name", "名称", "印在标签上", required=True, width=28),
        Column("name_en", "英文名称", "可不填", most=120, width=24),
        Column("kind", "类型", "从下拉表选，也可写新的类型", CHOICE, True, 24, "kinds", loose=True),
        Column("building", "楼栋", "从下拉表选", CHOICE, required=True, choices="buildings", width=24),
        Column("floor", "楼层", "如 3F、B1", required=True, most=8, width=8),
        Column("area", "区域", "从下拉表选", CHOICE, required=True, choices="areas", width=24),
        Column("zone", "分区颜色", "从下拉表选", CHOICE, required=True, choices="zones", width=10),
        Column("risk", "风险等级", "1 至 4", NUMBER, required=True, most=4, width=10),
        Column("photo_allowed", "允许拍照", "是或否", YES_NO, required=True, width=10),
        Column("open_on_restday", "休息日开放", "是或否", YES_NO, required=True, width=10),
        Column("open_on_holiday", "节假日开放", "是或否", YES_NO, required=True, width=10),
        Column("active", "启用", "否：停用，不再派任务", YES_NO, required=True, width=8),
    ),
)
HERE = SheetPlan(
    "点位标准",
    ("point", "standard"),
    (
        Column("point", "点位编号", "点位表中的编号", required=True, most=20),
        Column("standard", "标准", "从下拉表选", CHOICE, required=True, choices="standards", width=36),
        Column("implementer", "实施单位", "从下拉表选", CHOICE, required=True, choices="units", width=30),
        Column("responsible", "责任科室", "从下拉表选", CHOICE, required=True, choices="units", width=30),
    ),
)
PEOPLE = SheetPlan(
    "人员",
    ("id",),
    (
        Column("id", "账号", "如 wk-99，不能重复；新账号由管理员发密码或工牌", required=True, most=40),
        Column("name", "姓名或岗位", "至多 60 字", required=True, most=60, width=20),
        Column("role", "角色", "从下拉表选", CHOICE, required=True, choices="roles"),
        Column("unit", "单位", "从下拉表选", CHOICE, required=True, choices="units", width=30),
        Column("crew", "班组", "班长必填", CHOICE, choices="crews", width=20),
        Column("shift", "班次", "可不填", CHOICE, choices="shifts", width=20),
        Column("active", "在岗", "否：停用账号", YES_NO, required=True, width=8),
    ),
)
ROUNDS = SheetPlan(
    "责任区",
    ("id",),
    (
        Column("id", "编号", "新责任区自编一个，如 rd-clean-8", required=True, most=40, width=18),
        Column("name", "名称", "至多 80 字", required=True, width=30),
        Column("unit", "单位", "从下拉表选", CHOICE, required=True, choices="crew_units", width=30),
        Column("shift", "班次", "从下拉表选", CHOICE, required=True, choices="shifts", width=20),
        Column("crew", "班组", "从下拉表选", CHOICE, required=True, choices="crews", width=20),
        Column("person", "人员", "可空缺", CHOICE, choices="hands", width=20),
        Column(
            "points", "点位编号", "按行走顺序，用顿号隔开", LIST, required=True, most=200, choices="points", width=40
        ),
        Column("windows", "时段", "标准/日程/时段，用顿号隔开", LIST, required=True, most=300, width=60),
    ),
)
AWAY = SheetPlan(
    "请假",
    ("person", "from_on", "to_on", "kind"),
    (
        Column("person", "人员", "从下拉表选", CHOICE, required=True, choices="hands", width=20),
        Column("from_on", "第一天", "如 2026-12-01", DAY, required=True),
        Column("to_on", "最后一天", "如 2026-12-03", DAY, required=True),
        Column("kind", "事由", "从下拉表选", CHOICE, required=True, choices="absences", width=10),
        Column("cover", "顶班", "可空缺：任务只计入单位", CHOICE, choices="hands", width=20),
        Column("note", "备注", "可不填", most=120, width=30),
    ),
)
SHEETS = {Kind.POINTS: (POINTS, HERE), Kind.PEOPLE: (PEOPLE,), Kind.ROUNDS: (ROUNDS, AWAY)}
