"""Words of findings: states, severities, sources, causes, in both languages."""

from app.nonconformities.rules import Cause, FindingSource, FindingState, Severity
from app.web.words import lazy

STATES = {
    FindingState.REGISTERED: lazy("Registered"),
    FindingState.TO_CONFIRM: lazy("To be confirmed"),
    FindingState.TO_RECTIFY: lazy("To be put right"),
    FindingState.RECTIFYING: lazy("Being put right"),
    FindingState.TO_RECHECK: lazy("To be rechecked"),
    FindingState.APPEALED: lazy("Under appeal"),
    FindingState.CONCESSION: lazy("Accepted by concession"),
    FindingState.REVISION: lazy("Referred to revision"),
    FindingState.CLOSED: lazy("Done and closed"),
    FindingState.WITHDRAWN: lazy("Withdrawn after appeal"),
}
SEVERITIES = {
    Severity.CRITICAL: lazy("Critical"),
    Severity.MAJOR: lazy("Major"),
    Severity.MINOR: lazy("Minor"),
}
CAUSES = {
    Cause.WORK: lazy("Work"),
    Cause.FACILITY: lazy("Facility"),
    Cause.SUPPLY: lazy("Supplies"),
    Cause.OTHERS: lazy("Others"),
}
SOURCES = {
    FindingSource.CHECK: lazy("Task check"),
    FindingSource.DESK: lazy("Review of a record"),
    FindingSource.SELFCHECK: lazy("Self-check"),
    FindingSource.SPOTCHECK: lazy("Spot check"),
    FindingSource.SUPERVISION: lazy("Unit inspection"),
    FindingSource.COMPLAINT: lazy("Complaint"),
    FindingSource.REPORT: lazy("Report by staff"),
    FindingSource.DRILL: lazy("Drill review"),
}
WANTING = {
    "containment": lazy("containment: out of use or fenced off"),
    "cause": lazy("how it came about"),
    "action": lazy("what keeps it from happening again"),
    "section_cause": lazy("the section's own analysis of why it came back"),
    "follow_up": lazy("the written follow-up of the major measures"),
}
