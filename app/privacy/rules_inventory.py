"""The inventory of personal data: what is kept, what for, on which ground, where, and for how long (GB/T 35273)."""

from dataclasses import dataclass

from app.web.words import lazy


@dataclass(frozen=True)
class Entry:
    """One kind of personal data; `fields` are `table.column`, with * for several."""

    key: str
    what: object
    purpose: object
    ground: object
    seen_by: object
    keep: object
    fields: tuple[str, ...]


def fields_of(text: str) -> tuple[str, ...]:
    """Words between blanks."""
    return tuple(text.split())


_DUTY = lazy("Needed to carry out the service and to show that it was carried out")
_SAFETY = lazy("Needed to keep accounts and the system safe (classified protection, level 2)")
_ASKED = lazy("Given by the person for this purpose; nobody has to")
_WITH_RECORD = lazy("as long as the record it belongs to")
INVENTORY: tuple[Entry, ...] = (
    Entry(
        "account",
        lazy("Account: name or role name, number, unit, crew, language"),
        lazy("To know who does which work, and to sign in"),
        _DUTY,
        lazy("own crew leader, supervisor, contractor manager, administrator, auditor"),
        lazy("while employed; then with the records that name the account"),
        fields_of(
            """
            people.name grants.name identities.name people.profile
            people.large_text people.external_of external_passes.person_id
            grants.person_id saved_views.* inspection_inspectors.name checks.person_name signatures.person_name
            *.by_name inspection_signatures.name training_certificates.name training_certificates.number
            training_certificates.issuer
            """
        ),
    ),
    Entry(
        "secrets",
        lazy("Password, PIN, badge and second factor, never in plain"),
        lazy("To prove who signs in and who signs second"),
        _SAFETY,
        lazy("nobody: only hashes or sealed values are kept"),
        lazy("until changed"),
        fields_of("people.password_hash people.pin_hash badges.* second_factors.* recovery_codes.*"),
    ),
    Entry(
        "sign_ins",
        lazy("Sign-ins: time, address in the network, name of the device"),
        lazy("To end sessions that are not one's own, and to find misuse"),
        _SAFETY,
        lazy("the person, the auditor"),
        lazy("36 months, at least 6"),
        fields_of(
            """
            sign_ins.device sign_ins.address sign_ins.person_id audit_events.* account_events.data *.phone
            phone_*.*
            """
        ),
    ),
    Entry(
        "work",
        lazy("Who did, signed, judged or changed something, and when"),
        lazy("To show that the work was done and who answers for it (time, content, recorder: rules EV-1)"),
        _DUTY,
        lazy("the own unit, the responsible department, inspection, leaders"),
        lazy("36 months; lifts 48, food 24; held while a case is open"),
        (
            "*.by_id",
            "*_by_id",
            "*.person_id",
            "*.author_id",
            "*.executor_id",
            "checks.person_role",
            "*.phone_offset_ms",
            "checks.phone",
            "checks.unable_reason",
            "occurrences.unable_reason",
            "answers.answered_at",
            "vehicle_trips.driver_id",
            "vehicle_trips.driver_key",
            "feedback_cases.handler_id",
            "occurrences.assignee_id",
            "tally_deltas.assignee_id",
            "projects.leader_id",
            "signatures.method",
            "*.mentor_id",
            "findings.rectifier_id",
            "claims.takeover_from_id",
            "*.told_id",
            "findings.contain_by",
            "findings.recheck_by",
        ),
    ),
    Entry(
        "words",
        lazy("What people wrote: notes, reasons, remarks, suggestions, opinions"),
        lazy("To explain a record, a finding, a decision or a wish"),
        _DUTY,
        lazy("who sees the record it belongs to"),
        _WITH_RECORD,
        fields_of(
            """
            *.note *.reason *.text *.said *_reason *.words *.remark *.cause_text *.content *.comment_to
            *.conclusion *.summary *.reply *.correction *.corrective_action *.section_cause *.containment
            *.objection *.measure *_events.data *_changes.data project_evidence.data vehicle_entries.data
            answers.value answers.choice answers.inputs answers.cause spotcheck_sheets.steps receipts.answer
            receipts.body held_texts.* corrections.was corrections.now *.fact *.record *.finding *.means
            *.basis *.necessity *.follow_up training_ledger.led_by training_ledger.place
            training_ledger.title
            """
        ),
    ),
    Entry(
        "surveys",
        lazy("What is written in a satisfaction survey, without a name"),
        lazy("To know what could be better; telephones and accounts are hidden before it is kept"),
        _ASKED,
        lazy("supervisors, inspection, the standards section, leaders, the auditor; at the end, by service only"),
        lazy("24 months after the survey, words only; the counts stay"),
        fields_of("survey_answers.words survey_marks.words"),
    ),
    Entry(
        "pictures",
        lazy("Photos of work, and voice notes"),
        lazy("As evidence of the work; never of people, never in no-photo areas"),
        _DUTY,
        lazy("who sees the record; the picture's own data (place, device) are cut off when it arrives"),
        lazy("12 months where nothing hangs on them, else with the record; the bytes go when nothing names them"),
        fields_of(
            """
            photos.* pictures.* photo_shares.* finding_photos.* inspection_evidence.* step_audio.* like_*.*
            feedback_items.photo suggestions.sha256 spotcheck_review_steps.photos arrivals.photos
            flag_events.sha256
            """
        ),
    ),
    Entry(
        "visitors",
        lazy("Calls, ratings and complaints: words, and a hash of device and address"),
        lazy("To answer, to put right, and to keep floods out"),
        _ASKED,
        lazy("responsible unit and service desk; the hashes nobody"),
        lazy("24 months, complaints 36 from their end; the hashes say nothing without the key"),
        fields_of("feedback_items.words feedback_items.device feedback_items.address buckets.*"),
    ),
    Entry(
        "contacts",
        lazy("Contact left with a complaint"),
        lazy("To call back"),
        _ASKED,
        lazy("the service desk that handles the case; each look is in the audit log"),
        lazy("wiped when the case closes"),
        fields_of("feedback_contacts.*"),
    ),
    Entry(
        "messages",
        lazy("Messages, and the mobile number or account they go to, if given"),
        lazy("To tell people what needs them"),
        _ASKED,
        lazy("the person; numbers are sealed"),
        lazy("90 days; numbers until taken out"),
        fields_of("messages.* message_choices.* message_deliveries.* alarms.*"),
    ),
    Entry(
        "training",
        lazy("Training: read, sat, passed, signed off, certificates"),
        lazy("To let only qualified people do what asks for it"),
        _DUTY,
        lazy("the person, crew leader, supervisor, training office"),
        lazy("36 months; certificates while they count"),
        fields_of("training_*.*"),
    ),
    Entry(
        "leave",
        lazy("Days off and cover, with the kind of leave"),
        lazy("To plan rounds that can be done"),
        _DUTY,
        lazy("crew leader and supervisor"),
        lazy("36 months"),
        fields_of("absences.* covers.* handovers.covered_by rota_changes.data rounds.plan rotas.rounds"),
    ),
    Entry(
        "flags",
        lazy("What stood out about a record, what the worker said to it, and the judgement"),
        lazy("So that a person looks, never to punish by itself"),
        _DUTY,
        lazy("the person, supervisor, inspection"),
        _WITH_RECORD,
        fields_of("flags.* flag_events.* flag_looks.*"),
    ),
    Entry(
        "grades",
        lazy("Grades of the month, with decisions, appeals and signatures"),
        lazy("To recognise and to improve; people decide, the system only proposes"),
        _DUTY,
        lazy("the person, who leads the unit, the evaluation group"),
        lazy("36 months"),
        fields_of(
            "grade_sheets.* grade_addenda.* grade_events.* grade_signatures.* paper_drafts.* papers.* paper_addenda.*"
        ),
    ),
    Entry(
        "halfyear",
        lazy("Half-year reports: who wrote and who signed, and who marked an item of the calendar"),
        lazy("To account for how standards are carried out, with a name under it"),
        _DUTY,
        lazy("who leads the unit, the office, the bureau"),
        lazy("36 months"),
        fields_of("halfyear_drafts.by_id halfyear_drafts.text halfyear_papers.* halfyear_marks.*"),
    ),
    Entry(
        "files",
        lazy("Files that were sent in: workbooks, papers, contractors' files"),
        lazy("To take over lists and to keep the papers of a standard or contract"),
        _DUTY,
        lazy("who sent them, the office in charge"),
        lazy("with the record; imports 36 months"),
        fields_of(
            """
            imports.* standard_papers.* appraisals.* appraisal_withdrawals.* contractor_files.entries form_templates.*
            draft_revisions.*
            """
        ),
    ),
    Entry(
        "exports",
        lazy("Files of a period that somebody asked for, and the programs that may read data"),
        lazy("To hand data on, and to know to whom it went"),
        _SAFETY,
        lazy("who asked for the file; the administrator and the auditor"),
        lazy("files for a day; of a key only a hash; the audit log says what was taken"),
        fields_of("data_exports.* data_export_parts.* api_keys.*"),
    ),
)
