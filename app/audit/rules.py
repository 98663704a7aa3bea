"""What the audit log distinguishes, in groups and in words."""

from collections.abc import Mapping
from datetime import timedelta

from app.web.words import lazy

# Kept at least that long whatever somebody sets (GB/T 22239, level 2: six months).
LEAST_MONTHS = 6
GROUPS: Mapping[str, object] = {
    "sign_in": lazy("Sign-ins"),
    "view": lazy("Looks at personal data"),
    "export": lazy("Exports"),
    "setting": lazy("Settings"),
    "rights": lazy("Accounts and rights"),
    "label": lazy("Labels"),
    "disposal": lazy("Disposals"),
    "record": lazy("Corrections and voiding"),
    "privacy": lazy("Classified matter"),
}
KINDS: Mapping[str, object] = {
    "sign_in.ok": lazy("Signed in"),
    "sign_in.failed": lazy("Sign-in failed"),
    "sign_in.held": lazy("Sign-in held back after too many tries"),
    "sign_in.out": lazy("Signed out"),
    "view.people": lazy("Looked at the list of people"),
    "view.person": lazy("Looked at an account"),
    "view.contact": lazy("Looked at the contact of a complaint"),
    "view.figures": lazy("Looked at a person's figures"),
    "view.training": lazy("Looked at training by person"),
    "export.file": lazy("Exported a file"),
    "export.own": lazy("Took along what is kept about them"),
    "export.taken": lazy("Took a file that had been made"),
    "export.api": lazy("A program read data, the first time that day"),
    "setting.changed": lazy("Changed a setting"),
    "label.withdrawn": lazy("Withdrew a label"),
    "label.replaced": lazy("Replaced a label"),
    "disposal.proposed": lazy("Proposed a disposal"),
    "disposal.approved": lazy("Approved a disposal"),
    "disposal.refused": lazy("Refused a disposal"),
    "disposal.done": lazy("Disposed of records"),
    "record.void_proposed": lazy("Proposed to make a record void"),
    "record.voided": lazy("Made a record void"),
    "record.void_refused": lazy("Let a record stand"),
    "record.correction_proposed": lazy("Proposed to correct a result"),
    "record.correction_refused": lazy("Did not accept a correction"),
    "record.corrected": lazy("Corrected a record"),
    "privacy.warned": lazy("Was asked whether a text is classified"),
    "privacy.overruled": lazy("Said that a text is not classified and saved it"),
    "privacy.hidden": lazy("A text was hidden until it has been looked at"),
    "privacy.shown": lazy("A hidden text was looked at and shown again"),
    "privacy.removed": lazy("A hidden text was found classified and taken out"),
    "rights.added": lazy("Added"),
    "rights.changed": lazy("Changed"),
    "rights.disabled": lazy("Disabled"),
    "rights.enabled": lazy("Enabled"),
    "rights.password_set": lazy("Password set"),
    "rights.pin_set": lazy("PIN set"),
    "rights.session_ended": lazy("A session ended"),
    "rights.sessions_ended": lazy("Other sessions ended"),
    "rights.grant_given": lazy("Grant given"),
    "rights.grant_ended": lazy("Grant ended"),
    "rights.badge_issued": lazy("Badge printed"),
    "rights.badge_activated": lazy("Badge activated"),
    "rights.badge_revoked": lazy("Badge no longer counts"),
    "rights.badge_guessed": lazy("Badge guessed at on strange phones"),
    "rights.team_phone_set": lazy("Set a team phone"),
    "rights.team_phone_ended": lazy("Ended a team phone"),
    "rights.key_made": lazy("Made a key for a program"),
    "rights.key_revoked": lazy("Revoked the key of a program"),
}


EXPORTS: Mapping[str, object] = {
    "daily log": lazy("Daily log"),
    "month": lazy("Figures"),
    "training ledger": lazy("Training ledger"),
    "workload by person": lazy("Workload"),
    "workbook": lazy("Workbooks"),
    "audit": lazy("Audit log"),
    "form": lazy("Reports"),
    "forms": lazy("Reports"),
    "data records": lazy("Records"),
    "data answers": lazy("Step results"),
    "data findings": lazy("Nonconformities found"),
}


SETTINGS: Mapping[str, object] = {
    "channel": lazy("Channel of messages"),
    "trade": lazy("Trade"),
    "form": lazy("Template of a form"),
    "sampling": lazy("Sampling plan"),
    "patrol": lazy("Patrol route"),
    "inspection": lazy("Template of inspections"),
    "training": lazy("Training"),
    "retention": lazy("Retention and disposal"),
    "board": lazy("Board in the lobby"),
}


def export_word(about: str) -> str:
    """What was exported or set, in words with the first part of its number; everything else as it is."""
    if about in EXPORTS:
        return str(EXPORTS[about])
    kind, _blank, which = about.partition(" ")
    return f"{SETTINGS[kind]} {which.partition('-')[0]}".strip() if kind in SETTINGS else about


def group_of(kind: str) -> str:
    """`view` of `view.person`."""
    return kind.partition(".")[0]


def word_of(kind: str) -> object:
    """What happened, in words; a kind of a later version is shown by its group and its own name."""
    if kind in KINDS:
        return KINDS[kind]
    group = GROUPS.get(group_of(kind))
    return f"{group} ({kind.partition('.')[2]})" if group else kind


def span_of_group(group: str) -> tuple[str, str]:
    """The kinds of a group lie between these two, the second excluded: `/` follows `.` in every collation we use."""
    return f"{group}.", f"{group}/"


LONGEST_SPAN = timedelta(days=366)
