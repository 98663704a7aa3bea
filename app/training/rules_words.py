"""The words of training."""

from app.standards import rules_questions
from app.training.rules import Lack, Standing
from app.web.words import lazy

LACK_WORDS: dict[str, object] = {
    Lack.DELIVERED: lazy("the text has not been delivered"),
    Lack.READ: lazy("has not confirmed reading"),
    Lack.EXAM: lazy("has not passed the exam"),
    Lack.CERTIFICATE: lazy("no valid certificate"),
}
STANDING_WORDS: dict[str, object] = {
    Standing.QUALIFIED: lazy("Qualified"),
    Standing.MENTORED: lazy("Under guidance"),
    Standing.UNQUALIFIED: lazy("Not qualified"),
}
STANDING_KINDS: dict[str, str] = {
    Standing.QUALIFIED: "ok",
    Standing.MENTORED: "info",
    Standing.UNQUALIFIED: "bad",
}
SPECIAL_WORDS = rules_questions.SPECIAL_WORDS
KIND_WORDS: dict[str, object] = {
    "session": lazy("Training session"),
    "drill": lazy("Drill"),
    "demonstration": lazy("Demonstration"),
    "material": lazy("Material handed out"),
}
WAY_WORDS: dict[str, object] = {
    "full_time": lazy("Full-time"),
    "spare_time": lazy("Spare-time"),
    "mentoring": lazy("Mentoring"),
}
