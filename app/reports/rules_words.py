"""Words that forms print for codes: in Chinese, as the papers are."""

from collections.abc import Mapping

from app.nonconformities.rules_proposals import Answer, Reason
from app.nonconformities.rules_wish import Containment, Way

CONTAINMENTS: Mapping[str, object] = {
    Containment.OUT_OF_USE: "已停用",
    Containment.FENCED: "已围挡",
    Containment.SET_APART: "已隔离",
    Containment.STOOD_DOWN: "已停派",
}
WAYS: Mapping[str, object] = {Way.ON_SITE: "现场", Way.RECORD: "查记录", Way.PHOTO: "看照片"}
REASONS: Mapping[str, object] = {
    Reason.RECHECKS: "三次复查不合格",
    Reason.QUARTER: "同一步骤一季度五次不符合",
    Reason.DECIDED: "处置决定",
}
DIRECTIONS: Mapping[Answer, str] = {
    Answer.OPEN: "待评审",
    Answer.TAKEN: "进入修订",
    Answer.DECLINED: "下一轮",
}
