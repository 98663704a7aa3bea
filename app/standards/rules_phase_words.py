"""What phases, deeds, sides, questions and papers of a standard's life are called."""

from app.standards.rules_consulting import Asked, Outcome
from app.standards.rules_papers import PaperKind
from app.standards.rules_phases import Kind, Phase, State
from app.standards.rules_review import Question, ReviewOutcome
from app.web.words import lazy

KIND = {
    Kind.NEW: lazy("New standard"),
    Kind.REVISE: lazy("Revision"),
    Kind.ABOLISH: lazy("Abolition"),
    Kind.CONVERT: lazy("Conversion"),
}
PHASE = {
    Phase.RESEARCH: lazy("Research"),
    Phase.APPLICATION: lazy("Application"),
    Phase.DRAFTING: lazy("Drafting"),
    Phase.CONSULTATION: lazy("Consultation"),
    Phase.REVIEW: lazy("Examination"),
    Phase.APPROVAL: lazy("Approval"),
    Phase.PUBLICATION: lazy("Publication"),
}
STATE = {
    State.PLANNED: lazy("Being prepared"),
    State.APPLIED: lazy("Applied for"),
    State.DRAFTING: lazy("Being drafted"),
    State.COMMENT: lazy("Out for comment"),
    State.REVIEW: lazy("Draft for review"),
    State.REWORK: lazy("Back for changes"),
    State.APPROVAL: lazy("Draft for approval"),
    State.APPROVED: lazy("Approved, to be published"),
    State.PUBLISHED: lazy("Published"),
    State.WITHDRAWN: lazy("Withdrawn"),
}
STATE_CHIP = {
    State.PUBLISHED: "ok",
    State.APPROVED: "ok",
    State.WITHDRAWN: "mute",
    State.PLANNED: "mute",
    State.REWORK: "due",
    State.COMMENT: "info",
    State.REVIEW: "info",
    State.APPROVAL: "due",
    State.APPLIED: "due",
    State.DRAFTING: "info",
}
EVENT = {
    "begun": lazy("Project begun"),
    "written": lazy("Application or note changed"),
    "apply": lazy("Applied for"),
    "agree": lazy("The leading group agrees"),
    "decline": lazy("The leading group does not agree"),
    "begin": lazy("Drafting begun"),
    "consult": lazy("Sent out for comment"),
    "conclude": lazy("Consultation concluded: draft for review"),
    "pass": lazy("Review passed: draft for approval"),
    "fail": lazy("Review not passed"),
    "resubmit": lazy("Sent to review again"),
    "approve": lazy("Approved"),
    "record": lazy("Approval recorded by its document number"),
    "return": lazy("Not approved, sent back"),
    "plan": lazy("Plan of implementation written"),
    "publish": lazy("Published"),
    "withdraw": lazy("Withdrawn"),
    "paper": lazy("Paper added"),
}
ASKED = {
    Asked.EXECUTING: lazy("Executing department"),
    Asked.SUPERVISING: lazy("Supervising department"),
    Asked.CUSTOMER: lazy("Customer"),
}
OUTCOME = {
    Outcome.ADOPTED: lazy("Adopted"),
    Outcome.PARTLY: lazy("Adopted in part"),
    Outcome.DECLINED: lazy("Not adopted"),
}
OUTCOME_CHIP = {Outcome.ADOPTED: "ok", Outcome.PARTLY: "info", Outcome.DECLINED: "mute"}
QUESTION = {
    Question.LAW: lazy("Does it agree with laws, rules and policies?"),
    Question.NEED: lazy("Does it meet the needs of the work and its aims?"),
    Question.SYSTEM: lazy("Does it fit the other standards of the system?"),
    Question.CONTENT: lazy("Is its content sound and complete, and agreed between all concerned?"),
    Question.FORMAT: lazy("Is it written in due form?"),
}
REVIEW = {
    ReviewOutcome.CONFIRM: lazy("Confirm: number and year stay"),
    ReviewOutcome.REVISE: lazy("Revise: only the year changes"),
    ReviewOutcome.ABOLISH: lazy("Abolish: the number is not used again"),
    ReviewOutcome.CONVERT: lazy("Convert into a standard of a higher level or another one"),
}
PAPER = {
    PaperKind.APPLICATION: lazy("Application for the project"),
    PaperKind.NOTE: lazy("Compilation note"),
    PaperKind.PROOF: lazy("Report of a trial or test"),
    PaperKind.MINUTES: lazy("Minutes of the review"),
    PaperKind.APPROVAL: lazy("Approval document"),
    PaperKind.TEXT: lazy("Approved text"),
}
