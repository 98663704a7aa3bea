"""The forms of seed 002 as data: titles and fields in order, those that the seed prints first (rules 5).

The forms are papers of a Chinese office: their words are Chinese in every language of the interface.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.reports.rules_layout import Layout
from app.reports.rules_layout import own as _own
from app.reports.rules_layout import seed as _seed


class Form(StrEnum):
    """Which form; the value is its name in addresses."""

    CHECK = "check"
    NC = "nc"
    RECHECK = "recheck"
    IMPROVEMENT = "improvement"
    LOG = "log"
    GRADE = "grade"
    SURVEY = "survey"
    BULLETIN = "bulletin"
    EVALUATION = "evaluation"


LAYOUTS: Mapping[Form, Layout] = {
    Form.CHECK: Layout(
        "标准实施情况检查记录表",
        (
            _seed("unit", "被检查处室（单位）"),
            _seed("head", "处室（单位）负责人或岗位人员姓名"),
            _seed("inspectors", "检查人"),
            _seed("date", "检查日期"),
            _seed("conclusion", "结论", wide=True),
            _own("number", "编号"),
            _own("way", "检查方式"),
            _own("standard", "标准编号", wide=True),
            _own("point", "点位"),
            _own("basis", "抽样依据"),
            _own("photos", "照片", wide=True),
            _own("signed", "双方签名", wide=True),
        ),
        (("item", "检查项目", 32), ("content", "检查内容", 52), ("record", "检查记录", 58), ("verdict", "结论", 32)),
        after=4,
        signers=("检查人（签名）", "受检方（签名）"),
    ),
    Form.NC: Layout(
        "标准实施不符合项报告表",
        (
            _seed("item", "不符合项", wide=True),
            _own("number", "编号"),
            _own("source", "来源记录"),
            _own("unit", "被检查单位"),
            _own("point", "点位"),
            _own("clause", "标准编号与条款/步骤", wide=True),
            _own("fact", "不符合事实", wide=True),
            _own("evidence", "证据", wide=True),
            _own("severity", "严重程度"),
            _own("due", "期限"),
            _own("cause", "原因分析", wide=True),
            _own("correction", "纠正", wide=True),
            _own("corrective_action", "纠正措施", wide=True),
            _own("rectifier", "责任人"),
            _own("reporter", "报告人"),
            _own("date", "日期"),
            _own("confirmed", "受检方确认"),
        ),
        signers=("报告人（签名）", "受检方（签名）"),
    ),
    Form.RECHECK: Layout(
        "标准化实施整改落实情况复查记录表",
        (
            _own("number", "关联不符合项"),
            _own("unit", "被检查单位"),
            _own("item", "不符合项", wide=True),
            _own("measures", "整改措施", wide=True),
            _own("rectified", "完成日期"),
            _own("inspectors", "复查人"),
            _own("date", "复查日期"),
            _own("way", "复查方式"),
            _own("evidence", "复查证据", wide=True),
            _own("conclusion", "结论（合格/不合格/让步接收）", wide=True),
            _own("attempt", "次数"),
            _own("announced", "公布日期"),
        ),
        signers=("复查人（签名）", "受检方（签名）"),
    ),
    Form.IMPROVEMENT: Layout(
        "标准持续改进记录表",
        (
            _own("standard", "标准编号", wide=True),
            _own("problem", "问题与数据", wide=True),
            _own("measures", "改进措施", wide=True),
            _own("period", "起止"),
            _own("reviewer", "评审人"),
            _own("figures", "改进前后指标", wide=True),
            _own("effect", "效果判定", wide=True),
            _own("direction", "去向（进入修订/下一轮）", wide=True),
        ),
        signers=("评价小组（签名）", "归口部门（签名）"),
    ),
    Form.LOG: Layout(
        "每日台账",
        (
            _own("unit", "单位"),
            _own("date", "日期"),
            _own("figures", "完成情况", wide=True),
            _own("findings", "未关闭的不符合项", wide=True),
            _own("remark", "关闭情况与备注", wide=True),
        ),
        (
            ("time", "时段", 24), ("point", "点位", 42), ("standard", "标准", 44), ("state", "状态", 22),
            ("done", "完成", 16), ("who", "作业人员", 26),
        ),
        after=3,
        signers=("主管（签名）", "复核（签名）"),
    ),
    Form.GRADE: Layout(
        "社会化服务单位月度考核表",
        (
            _own("unit", "社会化服务单位", wide=True),
            _own("month", "考核月份"),
            _own("contract", "合同编号"),
            _own("score", "得分"),
            _own("grade", "等级"),
            _own("weights", "权重", wide=True),
            _own("deducted", "事件扣分", wide=True),
            _own("limits", "封顶与否决", wide=True),
            _own("payment", "建议付款比例", wide=True),
            _own("history", "评定与申诉", wide=True),
            _own("signed", "双方签字", wide=True),
            _own("fingerprint", "冻结时间与指纹", wide=True),
        ),
        (
            ("measure", "指标", 44), ("count", "计数", 26), ("rate", "达到", 20), ("target", "满分线", 18),
            ("floor", "及格线", 18), ("part", "单项得分", 22), ("points", "加权得分", 26),
        ),
        after=6,
        signers=("社会化服务单位（签名）", "主管单位（签名）"),
    ),
    Form.BULLETIN: Layout(
        "机关后勤服务标准化月度通报",
        (
            _own("edition", "期号"),
            _own("month", "月份"),
            _own("unit", "范围", wide=True),
            _own("state", "数据状态", wide=True),
            _own("words", "编者按", wide=True),
            _own("figures", "总体情况", wide=True),
            _own("problems", "三个问题", wide=True),
            _own("debts", "谁在何时前完成", wide=True),
            _own("addenda", "补记", wide=True),
            _own("fingerprint", "签发与指纹", wide=True),
        ),
        (
            ("place", "名次", 12), ("name", "单位", 52), ("contract", "合同编号", 30), ("score", "得分", 16),
            ("grade", "等级", 16), ("due", "应完成", 18), ("on_time", "准时", 30),
        ),
        after=7,
        signers=("拟稿（签名）", "签发（签名）"),
    ),
    Form.EVALUATION: Layout(
        "标准实施评价报告",
        (
            _own("unit", "被评价单位", wide=True),
            _own("period", "评价期间"),
            _own("grades", "等级"),
            _own("effect", "总体效果", wide=True),
            _own("problems", "存在问题", wide=True),
            _own("corrective", "纠正措施", wide=True),
            _own("preventive", "预防措施", wide=True),
            _own("proposals", "建议", wide=True),
            _own("outside", "外部评价", wide=True),
            _own("basis", "数据状态", wide=True),
        ),
        (
            ("measure", "指标", 38), ("count", "计数", 26), ("rate", "本期", 18), ("before", "上期", 18),
            ("target", "满分线", 18), ("verdict", "结论", 24), ("next", "改进去向", 32),
        ),
        after=4,
        signers=("评价小组（签名）", "被评价单位（签名）"),
    ),
    Form.SURVEY: Layout(
        "服务满意度调查分析报告",
        (
            _own("title_of", "调查名称", wide=True),
            _own("year", "年度"),
            _own("period", "调查时间"),
            _own("asked", "调查对象"),
            _own("returned", "回收率"),
            _own("satisfied", "满意率"),
            _own("strictly", "严格满意率"),
            _own("before", "上年满意率", wide=True),
            _own("departments", "各部门", wide=True),
            _own("words", "意见建议", wide=True),
            _own("analysis", "分析评价", wide=True),
            _own("measures", "改进措施", wide=True),
            _own("basis", "口径", wide=True),
        ),
        (
            ("topic", "服务类别", 30), ("n", "评价数", 20), ("good", "满意数", 20), ("rate", "满意率", 22),
            ("strict", "严格满意率", 26), ("between", "95%区间", 34), ("before", "上年", 22),
        ),
        after=8,
        signers=("标准化科（签名）", "分管领导（签名）"),
    ),
}  # fmt: skip
GENERAL = ("title", "printed_at", "fields", "lines")
"""What every Word template can name besides the fields of its form."""
MANY_FIELD = ("label", "value", "seed")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the evidence by its hash, with the words under it."""

    sha256: str
    caption: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form filled in; `lines` have one text a column, `shots` are printed under the fields."""

    form: Form
    name: str
    values: Mapping[str, str]
    lines: Sequence[Sequence[str]] = field(default=())
    shots: Sequence[Shot] = field(default=())

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.form]

    def value(self, key: str) -> str:
        """What stands in a field, empty when nothing is known."""
        return self.values.get(key, "")


def form_named(name: str) -> Form | None:
    """The form of an address."""
    return Form(name) if name in set(Form) else None
