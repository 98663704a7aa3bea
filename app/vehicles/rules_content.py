"""Words of the content, Chinese by nature: attributes of vehicles, heads of the ledger and of orders."""

from __future__ import annotations

import re

from app.vehicles.rules_kinds import EntryKind

ELECTRIC = "纯电"
STOPPED = "停用"
"""A choice that begins so takes the vehicle out, though the step only reports it."""
LAPSED = "应急放行后24小时内未补手续"

TRIP_HEAD = (
    "派车单号", "车牌", "驾驶员", "出车时间", "出车里程", "收车时间", "收车里程", "行驶公里", "事由", "去向", "紧急",
    "备注",
)  # fmt: skip
FUEL_HEAD = ("车牌", "时间", "里程", "数量", "单位", "金额（元）", "加满", "经手人")
OTHER_HEAD = ("车牌", "时间", "事项", "里程", "内容", "经手人")
TRIP_SHEET, FUEL_SHEET, OTHER_SHEET = "用车", "加油充电", "保养封存更正"
YES, NO_START, NOT_BACK = "是", "无出车登记，补录收车", "未收车"
OTHERS = {
    EntryKind.SERVICED: "保养",
    EntryKind.ACCIDENT: "事故",
    EntryKind.OVERRIDE: "应急放行",
    EntryKind.BACKFILLED: "补办手续",
    EntryKind.LAPSED: "逾期未补手续",
    EntryKind.SEALED: "封存",
    EntryKind.UNSEALED: "启封",
    EntryKind.CORRECTION: "里程更正申请",
    EntryKind.AGREED: "里程更正同意",
    EntryKind.REFUSED: "里程更正不同意",
    EntryKind.FILED: "档案变更",
}

ORDER_SHEET = "派车单"
ORDER_HEAD = ("派车单号", "车牌", "驾驶员", "出车时间", "收车时间", "事由", "紧急")
ORDER_EXAMPLE = ("PC-2026-0001", "示A·T0001", "wk-07", "2026-11-23 08:40", "2026-11-23 12:00", "市内公务", "")
URGENT_WORDS = ("是", "紧急", "1", "y", "yes")
STAMP = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?")
