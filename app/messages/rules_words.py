"""Every kind of message with its sentence; a room adds its kinds here and tells them by `actions.tell`."""

from collections.abc import Mapping
from enum import StrEnum

from app.messages.rules_values import VALUES
from app.web.words import lazy


class Kind(StrEnum):
    """What a message is about; its sentence, its group and whether it waits in quiet hours follow from it."""

    DUE_SOON = "due_soon"
    MISSED = "missed"
    MISSED_STILL = "missed_still"
    DIGEST = "digest"
    UNSIGNED = "unsigned"
    CHANNEL_FAILED = "channel_failed"
    TEST = "test"
    CALL = "call"
    CALL_WAITS = "call_waits"
    REPAIR = "repair"
    REPAIR_DONE = "repair_done"
    FINDING = "finding"
    FINDING_CRITICAL = "finding_critical"
    FINDING_RECHECK = "finding_recheck"
    FINDING_CLOSED = "finding_closed"
    FINDING_RETURNED = "finding_returned"
    FINDING_APPEAL = "finding_appeal"
    FINDING_WITHDRAWN = "finding_withdrawn"
    FINDING_REVISION = "finding_revision"
    FINDING_LATE = "finding_late"
    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE_IN = "praise_in"
    COMPLAINT_LATE = "complaint_late"
    COMPLAINT_REVIEW = "complaint_review"
    PRAISE = "praise"
    VOUCHED = "vouched"
    SPOTCHECK_DIFFERS = "spotcheck_differs"
    SPOTCHECK_DECIDED = "spotcheck_decided"
    SPOTCHECK_DRAWN = "spotcheck_drawn"
    INSPECTION = "inspection"
    INSPECTED = "inspected"
    INSPECTION_SIGN = "inspection_sign"
    INSPECTION_TOLD = "inspection_told"
    TRAINING = "training"
    CERTIFICATE_ENDS = "certificate_ends"
    CERTIFICATE_OVER = "certificate_over"
    STANDARD_COMMENT = "standard_comment"
    STANDARD_DECIDE = "standard_decide"
    STANDARD_PUBLISHED = "standard_published"
    STANDARD_REVIEW = "standard_review"
    STANDARD_OVERDUE = "standard_overdue"
    SURVEY = "survey"
    SUGGESTION = "suggestion"
    SUGGESTION_ANSWERED = "suggestion_answered"
    SUGGESTION_WRITTEN = "suggestion_written"
    CHAIN_BROKEN = "chain_broken"
    CHAIN_HEAD = "chain_head"
    TALLIES_DIFFER = "tallies_differ"
    RECORD_SECOND = "record_second"
    RECORD_VOID = "record_void"
    RECORD_CORRECTED = "record_corrected"
    FLAG_ASKED = "flag_asked"
    FLAG_EXPLAINED = "flag_explained"
    FLAG_JUDGED = "flag_judged"
    REPORT_DUE = "report_due"
    REPORT_LATE = "report_late"
    REPORTS_OWED = "reports_owed"
    GRADE_OPEN = "grade_open"
    GRADE_FROZEN = "grade_frozen"


# %(name)s stands for a parameter given to `tell`; what is missing shows as a dash.
SENTENCES: dict[Kind, object] = {
    Kind.DUE_SOON: lazy("%(point)s: %(task)s ends at %(time)s and is not done yet."),
    Kind.MISSED: lazy("%(point)s: %(task)s was not done by %(time)s (on duty: %(person)s)."),
    Kind.MISSED_STILL: lazy(
        "%(point)s: %(task)s should have been done by %(time)s and still is not (on duty: %(person)s)."
    ),
    Kind.DIGEST: lazy("%(day)s: %(due)s due, %(done)s done in time, %(late)s late, %(missed)s missed."),
    Kind.UNSIGNED: lazy("%(point)s: a record of %(time)s has waited for a second signature for a day."),
    Kind.CHANNEL_FAILED: lazy("The channel %(channel)s does not deliver: %(fault)s"),
    Kind.TEST: lazy("%(channel)s: this is a trial, asked for by %(person)s. Nothing is to be done."),
    Kind.CALL: lazy("%(point)s: a visitor calls: %(topic)s"),
    Kind.CALL_WAITS: lazy("%(point)s: a visitor calls and nobody has come yet: %(topic)s"),
    Kind.REPAIR: lazy("%(point)s: a repair is wanted: %(text)s"),
    Kind.REPAIR_DONE: lazy("%(point)s: what you reported was seen to: %(text)s (%(number)s)"),
    Kind.FINDING: lazy("%(point)s: finding %(number)s is to be put right: %(text)s"),
    Kind.FINDING_CRITICAL: lazy("%(point)s: critical finding %(number)s: %(text)s"),
    Kind.FINDING_RECHECK: lazy("%(point)s: finding %(number)s has been put right and waits for a recheck."),
    Kind.FINDING_CLOSED: lazy("%(point)s: finding %(number)s is closed."),
    Kind.FINDING_RETURNED: lazy("%(point)s: finding %(number)s did not pass its recheck: %(text)s"),
    Kind.FINDING_APPEAL: lazy("%(point)s: an appeal against finding %(number)s: %(text)s"),
    Kind.FINDING_WITHDRAWN: lazy("%(point)s: finding %(number)s is withdrawn: %(text)s"),
    Kind.FINDING_REVISION: lazy("%(point)s: a revision of the standard is proposed: %(text)s"),
    Kind.FINDING_LATE: lazy("%(point)s: the time for finding %(number)s has run out: %(text)s"),
    Kind.COMPLAINT: lazy("%(point)s: complaint %(number)s waits for a first reply until %(time)s."),
    Kind.QUESTION: lazy("%(point)s: question %(number)s waits for a first reply until %(time)s."),
    Kind.PRAISE_IN: lazy("%(point)s: praise %(number)s came in; pass it on."),
    Kind.COMPLAINT_LATE: lazy("%(point)s: the time for %(number)s has run out."),
    Kind.COMPLAINT_REVIEW: lazy("%(point)s: %(number)s stayed unanswered and counts as a valid complaint now."),
    Kind.PRAISE: lazy("%(point)s: somebody praises your work: %(text)s"),
    Kind.VOUCHED: lazy("%(point)s: this record speaks for you: it refutes complaint %(number)s."),
    Kind.SPOTCHECK_DIFFERS: lazy("%(point)s: a spot check saw it otherwise. Say how it was until %(until)s."),
    Kind.SPOTCHECK_DECIDED: lazy("%(point)s: the spot check is decided. You can read why, and appeal."),
    Kind.SPOTCHECK_DRAWN: lazy("%(n)s of %(total)s records were drawn at random and wait for you."),
    Kind.INSPECTION: lazy("You inspect %(unit)s on %(day)s (%(number)s)."),
    Kind.INSPECTED: lazy("%(unit)s is being inspected (%(number)s)."),
    Kind.INSPECTION_SIGN: lazy("The inspection %(number)s of %(unit)s waits for the signature of the unit."),
    Kind.STANDARD_COMMENT: lazy("%(standard)s is out for comment. Your unit is asked until %(day)s."),
    Kind.STANDARD_DECIDE: lazy("%(standard)s waits for your decision."),
    Kind.STANDARD_PUBLISHED: lazy("%(standard)s is published and takes effect on %(day)s."),
    Kind.STANDARD_REVIEW: lazy("%(standard)s is to be reviewed by %(day)s."),
    Kind.STANDARD_OVERDUE: lazy("%(standard)s should have been reviewed by %(day)s. It is overdue."),
    Kind.SURVEY: lazy(
        "%(survey)s: %(n)s of %(total)s answers have come from %(unit)s. Please pass the link on; it ends on %(day)s."
    ),
    Kind.SUGGESTION: lazy("%(standard)s: somebody suggests: %(text)s"),
    Kind.SUGGESTION_ANSWERED: lazy("Your suggestion on %(standard)s: %(standing)s. %(text)s"),
    Kind.SUGGESTION_WRITTEN: lazy("Your suggestion is written into the standard now: %(standard)s. Thank you!"),
    Kind.FLAG_ASKED: lazy("%(point)s: your record looks unusual. If there is a reason, say it in one tap."),
    Kind.FLAG_EXPLAINED: lazy("%(point)s: %(person)s gives the reason for what looked unusual: %(text)s"),
    Kind.FLAG_JUDGED: lazy("%(point)s: what looked unusual about your record has been judged: %(standing)s. %(text)s"),
    Kind.RECORD_SECOND: lazy("%(point)s: %(person)s proposes to change a record, a second person decides: %(text)s"),
    Kind.RECORD_VOID: lazy("%(point)s: your record was made void by two persons: %(text)s"),
    Kind.RECORD_CORRECTED: lazy("%(point)s: your record was corrected beside what you sent: %(text)s"),
    Kind.CHAIN_BROKEN: lazy("The history does not fit its chain in %(n)s places, first at entry %(seq)s: %(record)s"),
    Kind.CHAIN_HEAD: lazy("%(day)s: the chain of records ends with entry %(seq)s and the head %(head)s"),
    Kind.TALLIES_DIFFER: lazy("%(n)s figures do not agree with their records, first: %(cell)s"),
    Kind.INSPECTION_TOLD: lazy("The result of the inspection %(number)s of %(unit)s has been announced."),
    Kind.TRAINING: lazy("%(standard)s: please read it and take the exam until %(day)s."),
    Kind.CERTIFICATE_ENDS: lazy("%(certificate)s of %(person)s ends on %(day)s. Renew it in time."),
    Kind.CERTIFICATE_OVER: lazy("%(certificate)s of %(person)s ended on %(day)s. Work that needs it has to wait."),
    Kind.REPORT_DUE: lazy("%(unit)s: the half-year report %(half)s is due on %(day)s. Read it, complete it and sign."),
    Kind.GRADE_OPEN: lazy("%(subject)s: the grade of %(month)s is open to appeals until %(day)s."),
    Kind.GRADE_FROZEN: lazy("%(subject)s: the grade of %(month)s is frozen. Later changes stand in an addendum."),
    Kind.REPORT_LATE: lazy("%(unit)s: the half-year report %(half)s was due on %(day)s and is not signed yet."),
    Kind.REPORTS_OWED: lazy("%(n)s half-year reports %(half)s were due on %(day)s and are not signed yet."),
}
# The short name of a kind: the heading of the list, the choice on the page of a person and of a channel.
TITLES: dict[Kind, object] = {
    Kind.RECORD_SECOND: lazy("A second person is asked"),
    Kind.RECORD_VOID: lazy("A record of yours is void"),
    Kind.RECORD_CORRECTED: lazy("A record of yours was corrected"),
    Kind.CHAIN_BROKEN: lazy("History was changed"),
    Kind.CHAIN_HEAD: lazy("Head of the chain"),
    Kind.TALLIES_DIFFER: lazy("Figures do not agree"),
    Kind.DUE_SOON: lazy("A task ends soon"),
    Kind.MISSED: lazy("Not done in time"),
    Kind.MISSED_STILL: lazy("Still not done"),
    Kind.DIGEST: lazy("Yesterday in numbers"),
    Kind.UNSIGNED: lazy("Waiting for a signature"),
    Kind.CHANNEL_FAILED: lazy("A channel does not deliver"),
    Kind.TEST: lazy("A trial"),
    Kind.CALL: lazy("A visitor calls"),
    Kind.CALL_WAITS: lazy("A visitor waits"),
    Kind.REPAIR: lazy("Repair wanted"),
    Kind.REPAIR_DONE: lazy("Repair seen to"),
    Kind.FINDING: lazy("To be put right"),
    Kind.FINDING_CRITICAL: lazy("Critical finding"),
    Kind.FINDING_RECHECK: lazy("Waiting for a recheck"),
    Kind.FINDING_CLOSED: lazy("Finding closed"),
    Kind.FINDING_RETURNED: lazy("Recheck not passed"),
    Kind.FINDING_APPEAL: lazy("Appeal"),
    Kind.FINDING_WITHDRAWN: lazy("Finding taken back"),
    Kind.FINDING_REVISION: lazy("Revision proposed"),
    Kind.FINDING_LATE: lazy("Finding overdue"),
    Kind.COMPLAINT: lazy("A complaint came in"),
    Kind.QUESTION: lazy("A question came in"),
    Kind.PRAISE_IN: lazy("Praise came in"),
    Kind.COMPLAINT_LATE: lazy("A case is late"),
    Kind.COMPLAINT_REVIEW: lazy("A complaint goes up for review"),
    Kind.PRAISE: lazy("Praise for you"),
    Kind.VOUCHED: lazy("This record speaks for you"),
    Kind.SPOTCHECK_DIFFERS: lazy("A spot check differs"),
    Kind.SPOTCHECK_DECIDED: lazy("A spot check is decided"),
    Kind.SPOTCHECK_DRAWN: lazy("A list was drawn"),
    Kind.INSPECTION: lazy("Named as inspector"),
    Kind.INSPECTED: lazy("An inspection has begun"),
    Kind.INSPECTION_SIGN: lazy("An inspection waits for a signature"),
    Kind.INSPECTION_TOLD: lazy("An inspection was announced"),
    Kind.TRAINING: lazy("Something new to learn"),
    Kind.CERTIFICATE_ENDS: lazy("A certificate ends soon"),
    Kind.CERTIFICATE_OVER: lazy("A certificate has ended"),
    Kind.REPORT_DUE: lazy("A half-year report is due"),
    Kind.GRADE_OPEN: lazy("A grade is open to appeals"),
    Kind.GRADE_FROZEN: lazy("A grade is frozen"),
    Kind.REPORT_LATE: lazy("A half-year report is overdue"),
    Kind.REPORTS_OWED: lazy("Half-year reports are owed"),
    Kind.STANDARD_COMMENT: lazy("A draft is out for comment"),
    Kind.STANDARD_DECIDE: lazy("A standard waits for a decision"),
    Kind.STANDARD_PUBLISHED: lazy("A standard is published"),
    Kind.STANDARD_REVIEW: lazy("A review is due"),
    Kind.STANDARD_OVERDUE: lazy("A review is overdue"),
    Kind.SURVEY: lazy("A survey waits for answers"),
    Kind.SUGGESTION: lazy("A suggestion came in"),
    Kind.SUGGESTION_ANSWERED: lazy("An answer to your suggestion"),
    Kind.SUGGESTION_WRITTEN: lazy("Your suggestion became part of the standard"),
    Kind.FLAG_ASKED: lazy("Is there a reason?"),
    Kind.FLAG_EXPLAINED: lazy("A reason was given"),
    Kind.FLAG_JUDGED: lazy("A notice is judged"),
}
DASH = "—"


class _Params(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return DASH


def sentence(kind: str, params: Mapping[str, str]) -> str:
    """The message in the language that is spoken now; an unknown kind says its parameters only."""
    said = _Params({name: str(VALUES.get(name, {}).get(str(value), value)) for name, value in params.items()})
    if kind not in SENTENCES:
        return " · ".join(said.values())
    return str(SENTENCES[Kind(kind)]) % said


def title(kind: str) -> str:
    """The short name of the kind."""
    return str(TITLES[Kind(kind)]) if kind in TITLES else kind


class Worded:
    """What has a kind and its parameters, in the words of whoever reads it."""

    kind: str
    params: Mapping[str, str]

    @property
    def title(self) -> str:
        """What it is about, in the language spoken now."""
        return title(self.kind)

    @property
    def text(self) -> str:
        """The sentence in the language spoken now."""
        return sentence(self.kind, self.params)
