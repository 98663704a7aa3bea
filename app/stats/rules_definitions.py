"""What each figure means, in a sentence or two, for whoever reads it; numerator and denominator by name."""

from app.web.words import lazy

DEFINITIONS = {
    "on_time": lazy(
        "Windows done within their time or its grace, of all windows due. A window counts in the month in which its "
        "grace ended; what was reported as not possible and what was cancelled is not due."
    ),
    "completion": lazy(
        "Windows done, the late ones among them, of all windows due. Reporting honestly that something is wrong is "
        "complete and lowers nothing here."
    ),
    "conformity": lazy(
        "Steps up to standard, of all steps answered yes or no. It says how the places are, not how diligent people "
        "are; steps that do not apply are left out."
    ),
    "key": lazy(
        "Key steps answered with valid evidence, of the key steps of all windows due. Those of missed windows count "
        "below the line; an honest no counts above it."
    ),
    "photo": lazy(
        "Valid photos, of all photos asked for by the windows due; each step counts for no more than it asks."
    ),
    "in_grace": lazy(
        "Windows done after their time but within its grace, of all windows due; the on-time rate has them among those "
        "on time."
    ),
    "photo_sent": lazy(
        "Photos sent, of all photos asked for by the windows due; each step counts for no more than it asks."
    ),
    "photo_valid": lazy(
        "Valid photos, of those sent: a picture that was sent before or cannot be read is none. It says nothing about "
        "photos that were never sent."
    ),
    "key_pass": lazy(
        "Key steps up to standard, of those answered with valid evidence. It says how the places are and is never held "
        "against whoever found it."
    ),
    "holiday": lazy("The on-time rate of windows on public holidays; make-up workdays are workdays."),
    "coverage": lazy(
        "Points with at least one window on time, of the points with one due, each public holiday for itself."
    ),
    "handover": lazy(
        "Handover windows done on time, and signed by both sides where two must sign, of the handover windows due."
    ),
    "design_gaps": lazy(
        "Shift handovers that no handover window covers, and points open on a holiday with nothing due on holidays. "
        "It has to be nought: it is found before anything is missed."
    ),
    "short": lazy(
        "Visits shorter than their steps take at least, of all windows done. It makes a spot check more likely and "
        "is never a failure."
    ),
    "scan": lazy("Windows opened by the label at the point, of all windows done; the others gave a reason."),
    "findings_in_time": lazy(
        "Findings put right by their limit and passed at the first recheck, of the findings whose limit was in the "
        "month. Put right on the spot, withdrawn and conceded ones are left out."
    ),
    "first_recheck": lazy("Findings passed at their first recheck, of those rechecked."),
    "spot_checks": lazy(
        "Records that a second person found up to standard, of those drawn simply at random. Targeted draws are not "
        "among them."
    ),
    "untrue": lazy(
        "Records judged untrue after a hearing, of the records drawn at random that their worker had passed."
    ),
    "usage": lazy("How often standards were done in the month: windows done, late ones too."),
    "scope_points": lazy("Points at which something was done, of the points with something due."),
    "scope_people": lazy("People who did something themselves, of the people with something due."),
    "scope_contractors": lazy("Contractors who did something, of the contractors with something due."),
    "found": lazy("Windows whose worker found something wrong and said so."),
}


def definition(key: str) -> object:
    """The text of a figure; empty for one that explains itself."""
    return DEFINITIONS.get(key, "")
