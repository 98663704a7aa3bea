"""Which columns look personal, and which of those are not: the other half of the inventory; nothing is missed."""

from dataclasses import dataclass
from fnmatch import fnmatch

from app.privacy.rules_inventory import INVENTORY, Entry, fields_of


@dataclass(frozen=True)
class NotPersonal:
    """Columns that look personal by their name and are not, with the reason."""

    fields: tuple[str, ...]
    why: str


NOT_PERSONAL: tuple[NotPersonal, ...] = (
    NotPersonal(
        fields_of(
            """
            buildings.* areas.* points.* organisations.* crews.* shifts.* calendar_days.* leases.*
            patrol_routes.* point_exemptions.point_id label_codes.* rounds.name handovers.* repair_trades.*
            """
        ),
        "names of places, units, crews, shifts and calendars; a unit's telephone is a service number",
    ),
    NotPersonal(
        fields_of(
            """
            standards.* editions.* drafts.* projects.title project_recipients.* project_events.text
            *.step_title *.title *.template_* inspection_template*.* spotcheck_plans.* spotcheck_draws.*
            spotcheck_results.* spotcheck_seeds.* implementation_plans.* revision_proposals.step_title
            schedule_event*.* inspections.announcement surveys.title survey_questions.* survey_invitations.name
            survey_results.* survey_invitations.answered surveys.words_gone_at surveys.intro surveys.analysis
            surveys.measures
            """
        ),
        "texts of standards, plans, templates and draws, made by the office for everybody",
    ),
    NotPersonal(
        fields_of(
            """
            chain_*.* disposal*.digest disposals.reason disposal_items.* *.digest *.content_key *_marks.*
            flag_thresholds.field
            """
        ),
        "digests, marks and keys of the program itself; they say nothing without the record",
    ),
    NotPersonal(
        fields_of("halfyear_freezes.* halfyear_addenda.*"),
        "counts of a unit, names of standards and points, their digests; who wrote and signed stands in the paper",
    ),
    NotPersonal(
        fields_of(
            """
            *.photos_due *.photos_sent *.photos_valid *.photos_live *.photos_asked *.photo_allowed
            answers.no_photo_reason *.profile *.noted_at
            *.sealed_at inspection_inspectors.org_name
            """
        ),
        "counts, times and choices from a list",
    ),
    NotPersonal(
        fields_of(
            """
            sticker_reports.place walks.elsewhere message_channels.* retention_choices.kind
            training_settings.* feedback_leads.looked_by_id
            """
        ),
        "places, channels and settings of the office",
    ),
)
# What makes a column look personal; the rest are times, numbers, states and keys.
LOOKS_PERSONAL = fields_of(
    """
    name phone tel contact address device voice audio text note reason word comment title summary data
    profile agent token hash person by_ _by author executor signer mail body said content answer place
    elsewhere photo sha256 nonce mobile wecom dingtalk sealed entries driver led_by assignee mentor
    remark objection
    """
)


def looks_personal(column: str) -> bool:
    """Whether a column's name speaks of a person or of what people write."""
    return any(part in column for part in LOOKS_PERSONAL)


def entries_of(field: str) -> tuple[Entry, ...]:
    """The kinds that name this `table.column`."""
    return tuple(entry for entry in INVENTORY if _named(field, entry.fields))


def excluded(field: str) -> bool:
    """Whether the list of explained exclusions names it."""
    return any(_named(field, each.fields) for each in NOT_PERSONAL)


def tables_of(entry: Entry) -> tuple[str, ...]:
    """Where it is kept, by table, for the page; patterns over all tables are left out."""
    return tuple(sorted({field.split(".")[0] for field in entry.fields} - {"*"}))


def _named(field: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(field, pattern) for pattern in patterns)
