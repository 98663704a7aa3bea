"""Codes of cases in the words of the trade."""

from app.feedback.rules_complaints import CallBack, Class, Contest, Lacking, State, Voice
from app.feedback.rules_handled import Figure
from app.web.words import lazy

VOICES = {
    Voice.QUESTION: lazy("Question"),
    Voice.COMPLAINT: lazy("Complaint"),
    Voice.PRAISE: lazy("Praise"),
}
STATES = {
    State.RECEIVED: lazy("Waits for a first reply"),
    State.REPLIED: lazy("Being looked into"),
    State.ANSWERED: lazy("Answered"),
    State.CLOSED: lazy("Closed"),
}
STATE_KINDS = {State.RECEIVED: "due", State.REPLIED: "info", State.ANSWERED: "info", State.CLOSED: "ok"}
CLASSES = {
    Class.VALID: lazy("Valid complaint"),
    Class.COMMUNICATIVE: lazy("Communicative complaint"),
}
CONTESTS = {
    Contest.CONTESTED: lazy("The record is contested"),
    Contest.UPHELD: lazy("The complaint is right"),
    Contest.REFUTED: lazy("The record refutes the complaint"),
}
CALL_BACKS = {
    CallBack.SATISFIED: lazy("Reached, content"),
    CallBack.UNSATISFIED: lazy("Reached, not content"),
    CallBack.UNREACHED: lazy("Not reached"),
    CallBack.NO_CONTACT: lazy("No contact was left"),
}
LACKING = {
    Lacking.REPLY: lazy("a first reply"),
    Lacking.CLASS: lazy("the class, decided from outside the unit"),
    Lacking.SECOND: lazy("a second person on the downgrade"),
    Lacking.ANSWER: lazy("an answer"),
    Lacking.CALL_BACK: lazy("a call-back"),
    Lacking.CONTEST: lazy("a word on the contested record"),
}
SOURCES = {"visitor": lazy("By the code at the place"), "desk_phone": lazy("By telephone")}
FIGURES = {
    Figure.HANDLED: lazy("Valid complaints handled"),
    Figure.CLOSED_CALLED: lazy("Closed with a call-back"),
    Figure.REPLIED: lazy("First reply within 2 hours"),
    Figure.COMMUNICATIVE: lazy("Others closed within 3 workdays"),
    Figure.CONTENT: lazy("Content when called back"),
}
FIGURE_NOTES = {
    Figure.HANDLED: lazy("closed in time and called back, of those due; goal 100 %"),
    Figure.CLOSED_CALLED: lazy("of the valid complaints that are closed"),
    Figure.REPLIED: lazy("of questions and complaints whose 2 hours are over"),
    Figure.COMMUNICATIVE: lazy("communicative complaints and questions that are due"),
    Figure.CONTENT: lazy("of those reached"),
}
EVENTS = {
    "received": lazy("received"),
    "replied": lazy("first reply"),
    "proposed": lazy("class proposed"),
    "classified": lazy("class decided"),
    "upgraded": lazy("upgraded to a valid complaint"),
    "downgrade_asked": lazy("downgrade asked for"),
    "downgraded": lazy("downgraded by a second person"),
    "reviewed": lazy("upgraded for review by itself: the limit passed unanswered"),
    "assigned": lazy("handed to a unit"),
    "noted": lazy("looked into"),
    "answered": lazy("answered"),
    "called_back": lazy("called back"),
    "closed": lazy("case closed"),
    "reopened": lazy("opened again"),
    "contested": lazy("a record is contested"),
    "upheld": lazy("the complaint is right, the record is not"),
    "refuted": lazy("the record refutes the complaint"),
    "finding": lazy("finding opened"),
    "passed_on": lazy("passed on to the person praised"),
    "rated": lazy("rated by the visitor"),
    "contact_wiped": lazy("contact wiped"),
}
