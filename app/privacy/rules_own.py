"""What a person may take along: which columns name a person, which are secrets, and what the page counts."""

from collections.abc import Mapping

from app.privacy.rules_inventory import fields_of
from app.web.words import lazy

NAMES_A_PERSON = frozenset(
    fields_of(
        """
        person_id by_id author_id executor_id driver_id opened_by_id accepted_by_id ended_by_id found_by_id handler_id
        classified_by_id closed_by_id made_by_id noted_by_id delivered_by_id repaired_by_id given_by_id drawn_by_id
        committed_by_id decided_by_id mentor_id rectifier_id leader_id changed_by_id applied_by_id
        """
    )
)
# Rows that repeat what the records say, keys, and rows about the program.
LEFT_OUT = frozenset(fields_of("occurrences receipts badges second_factors recovery_codes buckets flag_looks leases"))
SECRETS = frozenset(
    fields_of(
        """
        people.password_hash people.pin_hash sign_ins.id photos.nonce form_templates.body imports.body
        standard_papers.body appraisals.body message_channels.sealed message_choices.mobile
        """
    )
)
# The tables that the page shows with their number, in its order.
COUNTED: Mapping[str, object] = {
    "checks": lazy("Records"),
    "photos": lazy("Photos and voice notes"),
    "signatures": lazy("Second signatures"),
    "findings": lazy("Findings"),
    "suggestions": lazy("Suggestions"),
    "messages": lazy("Messages"),
    "flags": lazy("What stood out"),
    "training_readings": lazy("Texts read"),
    "training_attempts": lazy("Exams"),
    "training_certificates": lazy("Certificates"),
    "absences": lazy("Days off"),
    "covers": lazy("Cover"),
    "sign_ins": lazy("Sessions"),
    "audit_events": lazy("Lines of the audit log"),
}
