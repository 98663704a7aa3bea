"""The sheets of each workbook, as the office fills them in; headings and hints are Chinese like the content."""

from app.exchange.rules import Column, Form, Kind, SheetPlan

TEXT, CHOICE, YES_NO, NUMBER, DAY, LIST = Form.TEXT, Form.CHOICE, Form.YES_NO, Form.NUMBER, Form.DAY, Form.LIST
DECIMAL, TIME = Form.DECIMAL, Form.TIME

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
STANDARDS = SheetPlan(
    "标准",
    ("key",),
    (
        Column("key", "代号", "自编一个，如 甲；只用来对应步骤和日程", required=True, most=20, width=10),
        Column("title", "名称", "至多 120 字，不能与现有标准或在办项目同名", required=True, most=120, width=36),
        Column("title_en", "英文名称", "可不填", most=160, width=24),
        Column("place", "类别", "从下拉表选，编号由系统给", CHOICE, required=True, choices="places", width=26),
        Column("unit", "责任科室", "从下拉表选", CHOICE, required=True, choices="units", width=30),
        Column("leader", "起草负责人", "从下拉表选", CHOICE, required=True, choices="leaders", width=20),
        Column("due_on", "计划完成日期", "如 2027-03-31，在今天之后", DAY, required=True),
        Column("minutes", "每次用时", "分钟，1 至 1440", NUMBER, required=True, most=1440, width=10),
        Column("public", "对外公示", "是或否：公众能否看到上次完成时间", YES_NO, required=True, width=10),
        Column("summary", "内容提要", "可不填，至多 300 字", most=300, width=40),
        Column("necessity", "立项必要性", "可不填，至多 1000 字", most=1000, width=40),
    ),
)
STEPS = SheetPlan(
    "步骤",
    ("standard", "id"),
    (
        Column("standard", "标准代号", "标准表中的代号", required=True, most=20, width=10),
        Column("id", "步骤号", "如 S01，同一标准内不能重复；按行的先后排列", required=True, most=8, width=10),
        Column("title", "步骤", "至多 80 字", required=True, most=80, width=28),
        Column("requirement", "要求", "至多 2000 字", most=2000, width=48),
        Column("key", "关键点", "是或否；关键点要留痕", YES_NO, required=True, width=8),
        Column("evidence", "证据", "从下拉表选", CHOICE, required=True, choices="evidence", width=10),
        Column("photos", "照片张数", "拍照步骤填 1 至 9，不填为 1", NUMBER, most=9, width=10),
        Column("unit", "计量单位", "读数步骤必填，如 ℃", most=20, width=10),
        Column("min", "下限", "读数步骤，可不填", DECIMAL, width=8),
        Column("max", "上限", "读数步骤，可不填", DECIMAL, width=8),
        Column("limit_basis", "限值依据", "可不填", most=300, width=24),
        Column("choices", "选项", "选择步骤必填，用顿号隔开", LIST, most=12, width=30),
        Column("passing", "合格选项", "选择步骤必填，用顿号隔开", LIST, most=12, width=30),
        Column("seconds", "最短用时", "秒，1 至 3600，不填为 5", NUMBER, most=3600, width=10),
        Column("safety", "安全提示", "可不填", most=300, width=30),
        Column("clause", "条款号", "可不填，如 5.2.1", most=20, width=10),
    ),
)
WINDOWS = SheetPlan(
    "日程",
    ("standard", "schedule", "start"),
    (
        Column("standard", "标准代号", "标准表中的代号", required=True, most=20, width=10),
        Column("schedule", "日程", "A、B……；一个日程可有几行，每行一个时段", required=True, most=1, width=8),
        Column("label", "日程名称", "可不填", most=40, width=20),
        Column("repeats", "重复", "从下拉表选，也可写 RFC 5545 规则", CHOICE, True, 200, "repeats", 20, loose=True),
        Column("days", "哪几类日子", "工作日、休息日、节假日，用顿号隔开", LIST, True, 3, "day_types", 24),
        Column("first_on", "第一天", "如 2027-01-04；要落在重复的日子上", DAY, required=True),
        Column("start", "开始", "如 08:00", TIME, required=True, width=8),
        Column("end", "结束", "如 09:00", TIME, required=True, width=8),
        Column("next_day", "次日结束", "跨零点的时段填“是”", YES_NO, width=10),
        Column("profile", "作业类型", "从下拉表选", CHOICE, required=True, choices="profiles", width=12),
        Column("minutes", "用时", "分钟，可不填", NUMBER, most=1440, width=8),
    ),
)
SHEETS = {
    Kind.POINTS: (POINTS, HERE),
    Kind.PEOPLE: (PEOPLE,),
    Kind.ROUNDS: (ROUNDS, AWAY),
    Kind.STANDARDS: (STANDARDS, STEPS, WINDOWS),
}
