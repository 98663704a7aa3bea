"""The world that the authorisation table is tried in: one person a role, own and foreign things, sessions ready."""

import uuid
from datetime import timedelta

import pytest
from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select, update

from app.accounts.models import Badge, SignIn
from app.accounts.queries import token_key
from app.boards.models import SavedView
from app.chain.models import Correction, Disposal, DisposalApproval, Voiding
from app.checks.models import Check, CheckState, Receipt
from app.contractors.models import Dispute
from app.data.models import ApiKey, DataExport
from app.db import atomically, db, rows, run
from app.entrances.models import Identity
from app.flags.actions_looking import flag_id
from app.nonconformities.models import Finding, RevisionProposal
from app.photos.actions import keep
from app.photos.actions_pictures import drain
from app.photos.rules import Part, PhotoOwner, PhotoUse, Upload
from app.photos.store import open_store
from app.photos.writes import rows_for_check
from app.places.models import Building
from app.schedule.models import Crew, ScheduleEvent
from app.training.models import Sitting
from tests.support import (
    builders,
    cases,
    drafts,
    inspecting,
    messages,
    projects,
    suggesting,
    surveying,
    voices,
    workbooks,
)
from tests.support.appraising import registered
from tests.support.builders import NOW, kept
from tests.support.flagging import put_flag
from tests.support.grading import frozen_sheet
from tests.support.lists import drawn_list, item_id, sheet_of
from tests.support.looks import differing, look_plan
from tests.support.meetings import events_of_rooms
from tests.support.papers import issued_bulletin
from tests.support.pictures import jpeg
from tests.support.repairs import order, trade
from tests.support.vehicles import car

# One person a role; the contractor "clean" works for the section "care", the admin and its like sit in the bureau.
ACTORS = {
    "worker": ("ann", "clean"),
    "driver": ("dan", "clean"),
    "crew_leader": ("lea", "clean"),
    "supervisor": ("sue", "care"),
    "contractor_manager": ("max", "clean"),
    "inspector": ("ina", "bureau"),
    "standards": ("stan", "bureau"),
    "leader": ("lou", "bureau"),
    "auditor": ("aud", "bureau"),
    "admin": ("adm", "bureau"),
}
NOBODY = "nobody"
OWN_CODE, FOREIGN_CODE, NO_CODE = builders.CODE, "000000000H", "7K3QX9M2TB"
OWN_CHECK, FOREIGN_CHECK, NO_CHECK = (str(uuid.UUID(int=number, version=4)) for number in (11, 12, 13))
OWN_PHOTO, FOREIGN_PHOTO, NO_PHOTO = (str(uuid.UUID(int=number, version=4)) for number in (21, 22, 23))
OWN_FINDING, FOREIGN_FINDING, NO_FINDING = (str(uuid.UUID(int=number, version=4)) for number in (31, 32, 33))
OWN_ORDER, FOREIGN_ORDER, NO_ORDER = (str(uuid.UUID(int=number, version=4)) for number in (41, 42, 43))
OWN_CALL, FOREIGN_CALL, NO_CALL = (str(uuid.UUID(int=number, version=4)) for number in (51, 52, 53))
OWN_LEAD, FOREIGN_LEAD, NO_LEAD = (str(uuid.UUID(int=number, version=4)) for number in (54, 55, 56))
OWN_DRAW, FOREIGN_DRAW, NO_DRAW = (str(uuid.UUID(int=number, version=4)) for number in (71, 72, 73))
OWN_SHEET, FOREIGN_SHEET, NO_SHEET = (str(uuid.UUID(int=number, version=4)) for number in (74, 75, 76))
OWN_CASE, FOREIGN_CASE, NO_CASE = (str(uuid.UUID(int=number, version=4)) for number in (57, 58, 59))
OWN_INSPECTION, FOREIGN_INSPECTION, NO_INSPECTION = (str(uuid.UUID(int=number, version=4)) for number in (81, 82, 83))
OWN_LOOK_PLAN, FOREIGN_LOOK_PLAN, NO_LOOK_PLAN = (str(uuid.UUID(int=number, version=4)) for number in (77, 78, 79))
OWN_REVIEW, FOREIGN_REVIEW, NO_REVIEW = (str(uuid.UUID(int=number, version=4)) for number in (87, 88, 89))
OWN_PROJECT, FOREIGN_PROJECT, NO_PROJECT = (str(uuid.UUID(int=number, version=4)) for number in (97, 98, 99))
OWN_CHANGE, FOREIGN_CHANGE, NO_CHANGE = (str(uuid.UUID(int=number, version=4)) for number in (197, 198, 199))
OWN_DISPOSAL, FOREIGN_DISPOSAL, NO_DISPOSAL = (str(uuid.UUID(int=number, version=4)) for number in (194, 195, 196))
OWN_OBJECTION, FOREIGN_OBJECTION, NO_OBJECTION = (str(uuid.UUID(int=number, version=4)) for number in (94, 95, 96))
OWN_SITTING, FOREIGN_SITTING, NO_SITTING = (str(uuid.UUID(int=number, version=4)) for number in (91, 92, 93))
OWN_SUGGESTION, FOREIGN_SUGGESTION, NO_SUGGESTION = (str(uuid.UUID(int=number, version=4)) for number in (67, 68, 69))
OWN_IMPORT, FOREIGN_IMPORT, NO_IMPORT = (str(uuid.UUID(int=number, version=4)) for number in (64, 65, 66))
OWN_FILE, FOREIGN_FILE, NO_FILE = (str(uuid.UUID(int=number, version=4)) for number in (201, 202, 203))
OWN_KEY, FOREIGN_KEY, NO_KEY = (str(uuid.UUID(int=number, version=4)) for number in (204, 205, 206))
OWN_BULLETIN, FOREIGN_BULLETIN, NO_BULLETIN = (str(uuid.UUID(int=number, version=4)) for number in (211, 212, 213))
OWN_SURVEY, FOREIGN_SURVEY, NO_SURVEY = (str(uuid.UUID(int=number, version=4)) for number in (211, 212, 213))
OWN_APPRAISAL, FOREIGN_APPRAISAL, NO_APPRAISAL = (str(uuid.UUID(int=number, version=4)) for number in (221, 222, 223))
OWN_BADGE, FOREIGN_BADGE, NO_BADGE = "0000000000000000001F", "0000000000000000002D", "0000000000000000003B"
OWN_GROUP, FOREIGN_GROUP, NO_GROUP = (str(uuid.UUID(int=number, version=4)) for number in (61, 62, 63))
# For every argument of an address: the thing of the own unit, a foreign unit's, and one that does not exist.
THINGS = {
    "view_id": ("8101", "8102", "8103"),
    "code": (OWN_CODE, FOREIGN_CODE, NO_CODE),
    "point_code": (OWN_CODE, FOREIGN_CODE, NO_CODE),
    "check_id": (OWN_CHECK, FOREIGN_CHECK, NO_CHECK),
    "photo_id": (NO_PHOTO, FOREIGN_PHOTO, NO_PHOTO),
    "finding_id": (OWN_FINDING, FOREIGN_FINDING, NO_FINDING),
    "deed": ("comment", "comment", "comment"),
    "plan_id": (OWN_LOOK_PLAN, FOREIGN_LOOK_PLAN, NO_LOOK_PLAN),
    "review_id": (OWN_REVIEW, FOREIGN_REVIEW, NO_REVIEW),
    "what": ("hear", "hear", "hear"),
    "proposal_id": (OWN_FINDING, OWN_FINDING, NO_FINDING),
    "form": ("nc", "nc", "none"),
    "document_id": (OWN_FINDING, FOREIGN_FINDING, NO_FINDING),
    "kind": ("pdf", "pdf", "pdf"),
    "order_id": (OWN_ORDER, FOREIGN_ORDER, NO_ORDER),
    "call_id": (OWN_CALL, FOREIGN_CALL, NO_CALL),
    "lead_id": (OWN_LEAD, FOREIGN_LEAD, NO_LEAD),
    "said_id": (OWN_LEAD, FOREIGN_LEAD, NO_LEAD),
    "case_id": (OWN_CASE, FOREIGN_CASE, NO_CASE),
    "project_id": (OWN_PROJECT, FOREIGN_PROJECT, NO_PROJECT),
    "opinion_id": (OWN_PROJECT, FOREIGN_PROJECT, NO_PROJECT),
    "bulletin_id": (OWN_BULLETIN, FOREIGN_BULLETIN, NO_BULLETIN),
    "paper_name": ("2026-11~care", "2026-11~other", "2026-11~none"),
    "paper_id": (OWN_PROJECT, FOREIGN_PROJECT, NO_PROJECT),
    "link": ("own", "foreign", "a" * 26),  # set by fill
    "survey_id": (OWN_SURVEY, FOREIGN_SURVEY, NO_SURVEY),
    "ticket": ("own", "foreign", "A" * 26),  # set by fill
    "figure": ("handled", "replied", "none"),
    "booking_id": ("mt-own", "mt-foreign", "mt-none"),
    "group_id": (OWN_GROUP, FOREIGN_GROUP, NO_GROUP),
    "route_id": (OWN_GROUP, FOREIGN_GROUP, NO_GROUP),
    "event_id": ("dp-1", "dp-1", "dp-9"),
    "message_id": ("9001", "9002", "9999"),
    "alarm_id": ("9001", "9002", "9999"),
    "channel_id": ("9001", "9001", "9999"),
    "via": ("webhook", "sms", "none"),
    "inspection_id": (OWN_INSPECTION, FOREIGN_INSPECTION, NO_INSPECTION),
    "item_no": ("1", "1", "9"),
    "template_id": ("shipped-000", OWN_INSPECTION, NO_INSPECTION),
    "held_id": ("1", "2", "999"),
    "export_id": (OWN_FILE, FOREIGN_FILE, NO_FILE),
    "key_id": (OWN_KEY, FOREIGN_KEY, NO_KEY),
    "name": ("records", "points", "people"),
    "draw_id": (OWN_DRAW, FOREIGN_DRAW, NO_DRAW),
    "item_id": (item_id(OWN_DRAW, 1), item_id(FOREIGN_DRAW, 1), item_id(NO_DRAW, 1)),
    "sheet_id": (OWN_SHEET, FOREIGN_SHEET, NO_SHEET),
    "sha256": ("a" * 64, "b" * 64, "c" * 64),  # set by fill
    "person_id": ("ann", "bob", "nobody"),
    "grant_id": ("1", "1", "99"),
    "house_id": ("none", "none", "none"),
    "identity_id": ("1", "2", "99"),
    "number": ("JGSW05003.01-2026", "JGSW05003.02-2026", "JGSW09999.01-2026"),
    "point_id": ("p1", "p2", "p9"),
    "vehicle_id": ("v1", "v2", "v9"),
    "claim_id": (NO_CHECK, FOREIGN_CHECK, NO_CHECK),
    "round_id": ("r-ann", "r-bob", "r-none"),
    "by": ("unit", "unit", "unit"),
    "subject_id": ("clean", "other", "none"),
    "org_id": ("clean", "other", "nowhere"),
    "book": ("rounds", "people", "kings"),
    "import_id": (OWN_IMPORT, FOREIGN_IMPORT, NO_IMPORT),
    "day": ("2026-11-23", "2026-11-23", "1999-01-01"),
    "slug": ("conflict", "conflict", "none"),
    "step_id": ("S01", "S01", "S99"),
    "question_id": ("Q1", "Q1", "Q99"),
    "occurrence_id": ("1", "2", "99"),
    "schedule_id": ("A", "A", "Z"),
    "sticker_id": (NO_CHECK, NO_CHECK, NO_CHECK),
    "change_id": (OWN_CHANGE, FOREIGN_CHANGE, NO_CHANGE),
    "word": ("refuse", "refuse", "refuse"),
    "disposal_id": (OWN_DISPOSAL, FOREIGN_DISPOSAL, NO_DISPOSAL),
    "dispute_id": (OWN_OBJECTION, FOREIGN_OBJECTION, NO_OBJECTION),
    "sitting_id": (OWN_SITTING, FOREIGN_SITTING, NO_SITTING),
    "suggestion_id": (OWN_SUGGESTION, FOREIGN_SUGGESTION, NO_SUGGESTION),
    "token": (OWN_BADGE, FOREIGN_BADGE, NO_BADGE),
    "flag_id": (flag_id(OWN_CHECK, "burst", ""), flag_id(FOREIGN_CHECK, "burst", ""), NO_CHECK),
    "verdict": ("lift", "lift", "lift"),
    "half": ("2026-2", "2026-2", "2026-9"),
    "unit_id": ("clean", "other", "nowhere"),
    "item": ("management_review", "management_review", "gold"),
    "period": ("2026", "2026", "1999"),
    "building_id": ("b1", "b1", "b9"),
    "appraisal_id": (OWN_APPRAISAL, FOREIGN_APPRAISAL, NO_APPRAISAL),
    "board_key": ("b" * 12, "b" * 12, "c" * 12),
}
RELATIONS = ("own", "foreign", "none")
# What changes by being used, whoever asks: the limits on guessing and the time a session was last seen.
FLEETING = {
    ("badges", "strange_tries"),
    ("buckets", None),
    ("sign_ins", "seen_at"),
    ("phone_calls", None),
    ("phone_fetches", None),
    # A refused sign-in is noted, that is the purpose of the log.
    ("audit_events", None),
}


def _voices_and_boards() -> None:
    others = {"point_id": "p2", "implementer_id": "other", "responsible_id": "other"}
    registered(OWN_APPRAISAL, "clean")
    registered(FOREIGN_APPRAISAL, "other")
    issued_bulletin(OWN_BULLETIN, "care")
    issued_bulletin(FOREIGN_BULLETIN, "other")
    voices.call(OWN_CALL)
    voices.call(FOREIGN_CALL, told_id="bob", **others)
    voices.lead(OWN_LEAD)
    voices.lead(FOREIGN_LEAD, **others)
    atomically(lambda: run(update(Building).values(board_key="b" * 12)))


def fill(app: Flask) -> None:
    """The small world with every role, a foreign twin of everything, and one open session a person."""
    builders.small_world()
    kept(Crew, id="c2", name="二班", org_id="other")
    for role, (person_id, org_id) in ACTORS.items():
        if person_id not in ("ann", "lea", "sue"):
            crew = "c1" if role == "driver" else None
            builders.person(person_id, role, org_id, crew_id=crew)
    builders.grant("ann")
    builders.point("p2", FOREIGN_CODE, name="2号楼2层女卫生间")
    builders.standard(code="JGSW05003.02")
    builders.works_at("p2", implementer="other", responsible="other")
    builders.round_of("bob", ("p2",), org_id="other", crew_id="c2")
    builders.occurrence("p2", implementer_id="other", responsible_id="other")
    _record(OWN_CHECK, OWN_FINDING, "p1", "ann", "clean", "care", 1)
    _record(FOREIGN_CHECK, FOREIGN_FINDING, "p2", "bob", "other", "other", 2)
    kept(
        RevisionProposal, id=OWN_FINDING, key="k", standard_code="JGSW05003.01", edition="JGSW05003.01-2026",
        step_id="S01", step_title="步骤", reason="quarter", findings=[], at=NOW, state="open",
    )  # fmt: skip
    for order_id, point_id, owner in ((OWN_ORDER, "p1", "clean"), (FOREIGN_ORDER, "p2", "other")):
        responsible = "care" if owner == "clean" else owner
        trade(f"of_{owner}", owner)
        order(point_id, id=order_id, trade_id=f"of_{owner}", org_id=owner, implementer_id=owner,
              responsible_id=responsible, opened_by_id=None)  # fmt: skip
    _voices_and_boards()
    THINGS["link"] = (
        cases.case(id=OWN_CASE, secret=str(app.secret_key))[2],
        cases.case(id=FOREIGN_CASE, secret=str(app.secret_key), units=("other", "other"), point="p2")[2],
        "a" * 26,
    )
    for number, reader, unit in ((9001, "ann", "care"), (9002, "bob", "other")):
        messages.message(reader, id=number)
        messages.alarm(unit, f"k{number}", id=number)
    messages.channel(id=9001, key=app.extensions["settings"].secret_key)
    _moving()
    for draw_id, check_id, owner, sheet_id in (
        (OWN_DRAW, OWN_CHECK, "care", OWN_SHEET), (FOREIGN_DRAW, FOREIGN_CHECK, "other", FOREIGN_SHEET),
    ):  # fmt: skip
        drawn_list(check_id, id=draw_id, owner_id=owner)
        sheet_of(draw_id, 1, by="ina", id=sheet_id, steps=[])
    look_plan(OWN_LOOK_PLAN, "care")
    look_plan(FOREIGN_LOOK_PLAN, "other")
    differing(OWN_REVIEW, OWN_CHECK, "ann", "clean", "care")
    differing(FOREIGN_REVIEW, FOREIGN_CHECK, "bob", "other", "other")
    inspecting.begun("ina", inspection_id=OWN_INSPECTION, inspectors=("ina",))
    inspecting.begun("stan", inspection_id=FOREIGN_INSPECTION, unit_id="other", inspectors=("stan",))
    _projects()
    _learned_and_disputed()
    store = open_store(app.extensions["settings"].photo_store)
    own = _photo(store, OWN_PHOTO, PhotoOwner(OWN_CHECK, "ann", "p1", "JGSW05003.01", "clean", "care"), 1)
    foreign = _photo(store, FOREIGN_PHOTO, PhotoOwner(FOREIGN_CHECK, "bob", "p2", "JGSW05003.02", "other", "other"), 2)
    drain(store, now=NOW, on_failed=lambda failed: pytest.fail(f"the picture {failed} could not be made"))
    THINGS["sha256"] = (own, foreign, "c" * 64)
    suggesting.said(OWN_SUGGESTION, "ann")
    suggesting.said(FOREIGN_SUGGESTION, "bob", edition="JGSW05003.02-2026", unit_id="other", responsible_id="other")
    workbooks.came(OWN_IMPORT, "sue")
    workbooks.came(FOREIGN_IMPORT, "std")
    _badge(OWN_BADGE, "ann")
    _badge(FOREIGN_BADGE, "bob")
    for person_id, _org in ACTORS.values():
        kept(SignIn, id=token_key(f"of-{person_id}"), person_id=person_id, started_at=NOW, seen_at=NOW)


def _moving() -> None:
    """Vehicles with a trip behind them; meeting rooms, rain and patrol routes; an open survey and one that ended."""
    THINGS["ticket"] = (surveying.shown(OWN_SURVEY, 2026), surveying.shown(FOREIGN_SURVEY, 2025, ended=True), "A" * 26)
    for unit, responsible in (("clean", "care"), ("other", "other")):
        frozen_sheet(unit, responsible)
    for number, owner in ((8101, "ann"), (8102, "bob")):
        kept(SavedView, id=number, person_id=owner, name="v", path="/figures/board", is_start=False, at=NOW)
    for number, linked in ((1, "ann"), (2, None)):
        seen = {"first_at": NOW, "last_at": NOW, "claims": {}}
        kept(Identity, id=number, house="none", subject=f"u-{number}", person_id=linked, **seen)
    car("v1", "8H83JHK108")
    car("v2", "9H83JHK10S", "other")
    trip = {"kind": "dispatch", "point_id": "p1", "facts": {}}
    kept(ScheduleEvent, id="dp-1", **trip, starts_at=NOW - timedelta(hours=2), ends_at=NOW - timedelta(hours=1))
    own, foreign = (
        ("m1", "AH83JHK107", "own", "clean", OWN_GROUP),
        ("m2", "BH83JHK10R", "foreign", "other", FOREIGN_GROUP),
    )
    events_of_rooms((own, foreign))


def _projects() -> None:
    """A project of the own department and a foreign one, out for comment, each with its draft."""
    _data()
    for number, (project_id, unit, asked) in enumerate(
        ((OWN_PROJECT, "care", "clean"), (FOREIGN_PROJECT, "other", "other"))
    ):
        projects.in_comment(project_id, unit, asked, number + 1)
        drafts.with_parts(project_id, unit)


def _learned_and_disputed():
    """An exam, a dispute and a disposal of each side."""
    for objection, company in ((OWN_OBJECTION, "clean"), (FOREIGN_OBJECTION, "other")):
        said = {"month": NOW.date().replace(day=1), "kind": "missed", "target": company, "reason": "x", "by_id": "max"}
        kept(Dispute, id=objection, org_id=company, at=NOW, **said)
    for disposal_id, proposer in ((OWN_DISPOSAL, "max"), (FOREIGN_DISPOSAL, "bob")):
        kept(Disposal, id=disposal_id, reason="保存期已满", by_id=proposer, at=NOW)
        kept(DisposalApproval, disposal_id=disposal_id, person_id=proposer, at=NOW)
    for change, check in ((OWN_CHANGE, OWN_CHECK), (FOREIGN_CHANGE, FOREIGN_CHECK)):
        said = {"check_id": check, "reason": "x", "by_id": "max", "by_name": "max", "at": NOW}
        kept(Voiding, id=change, **said)
        turned = {"field": "result", "result_was": "pass", "result_now": "fail"}
        kept(Correction, id=change, step_id="S01", now="x", **turned, **said)
    put_flag(OWN_CHECK, "burst")
    put_flag(FOREIGN_CHECK, "burst", person_id="bob", point_id="p2", implementer_id="other", responsible_id="other")
    for sitting, learner in ((OWN_SITTING, "ann"), (FOREIGN_SITTING, "bob")):
        edition = "JGSW05003.01-2026" if learner == "ann" else "JGSW05003.02-2026"
        kept(Sitting, id=sitting, person_id=learner, edition=edition, seed="s", questions=[], at=NOW)


def _data() -> None:
    """A file of a period of the supervisor and one of somebody else's; two keys of programs."""
    query = {"from": "2026-11-01", "to": "2026-11-23", "unit": "", "standard": "", "point": ""}
    ready = {"what": "records", "form": "csv", "query": query, "mark": "", "locale": "en", "at": NOW, "state": "ready"}
    for number, (file_id, person_id) in enumerate(((OWN_FILE, "sue"), (FOREIGN_FILE, "bob"))):
        kept(DataExport, id=file_id, by_id=person_id, number=number, rows_whole=0, **ready)
    for number, key_id in enumerate((OWN_KEY, FOREIGN_KEY)):
        reach = {"scopes": ["points:read"], "units": [], "ends_on": NOW.date() + timedelta(days=30)}
        kept(ApiKey, id=key_id, name="平台", hash=f"{number:064}", hint="abcd", made_by_id="adm", made_at=NOW, **reach)


def _badge(token, person_id):
    days = {"issued_at": NOW, "code_until": NOW, "activated_at": NOW}
    kept(Badge, token_key=token_key(token), person_id=person_id, **days)


def _photo(store, photo_id, owner, seed) -> str:
    upload = Upload(photo_id, jpeg(seed=seed), owner.person_id)
    photo, _new = keep(store, upload, max_bytes=1_000_000, now=NOW, day=NOW.date())
    atomically(lambda: rows_for_check([PhotoUse(photo, Part.EVIDENCE, "S01")], owner, at=NOW))
    return photo.sha256


def _record(check_id, finding_id, point_id, person_id, implementer, responsible, number):
    owners = {"implementer_id": implementer, "responsible_id": responsible}
    common = {"point_id": point_id, "standard_code": "JGSW05003.01", **owners}
    zeros = dict.fromkeys(("steps_fail", "key_due", "key_evidenced", "key_pass", "photos_due", "photos_sent"), 0)
    kept(
        Check, id=check_id, **common, **zeros, occurrence_id=None, label_code=OWN_CODE, edition="JGSW05003.01-2026",
        edition_digest="0" * 64, window_key=None, business_on=NOW.date(), profile="full", outcome="done",
        person_id=person_id, person_name="人员", person_role="worker", org_id=implementer, opened_at=NOW,
        submitted_at=NOW, effective_at=NOW, received_at=NOW - timedelta(hours=1), phone_offset_ms=0, timing="on_time",
        via="scan", marks=[], facts={}, steps_pass=1, photos_valid=0, dwell_seconds=60, dwell_floor_seconds=10,
    )  # fmt: skip
    kept(CheckState, check_id=check_id, unsigned_steps=[], retake_steps=[], verdicts={})
    answer = {"id": check_id, "number": f"N{number}", "status": "received", "marks": [], "photos": []}
    answer |= {"received_at": NOW.isoformat(), "digest": "0" * 64}
    receipt = {"number": f"N{number}", "digest": "0" * 64, "received_at": NOW, "answer": answer, "body": b"{}"}
    kept(Receipt, check_id=check_id, person_id=person_id, **receipt)
    kept(
        Finding, id=finding_id, number=f"F{number}", **common, edition="JGSW05003.01-2026", step_id="S01",
        step_title="步骤", check_id=check_id, source="check", severity="minor", cause="work", fail_action="nc",
        text="有问题", found_by_id=person_id, found_at=NOW, state="registered",
    )  # fmt: skip


def client_of(app: Flask, actor: str):
    """A client with that role's session and a token; the answers are not inspected as pages here."""
    client = app.test_client()
    client.inspecting, client.lives_at = False, NOW
    with app.test_request_context():
        headers = {"X-CSRF-Token": generate_csrf()}
        secret = session["csrf_token"]
    with client.session_transaction() as opened:
        opened["csrf_token"] = secret
        if actor != NOBODY:
            opened.update({"_user_id": f"of-{ACTORS[actor][0]}", "_fresh": True, "seen": 4_000_000_000})
    return client, headers


def everything(app: Flask) -> dict[str, list[tuple]]:
    """All rows of all tables, what is fleeting aside."""
    found = {}
    with app.app_context():
        for table in db.metadata.sorted_tables:
            if (table.name, None) not in FLEETING:
                columns = [column for column in table.columns if (table.name, column.name) not in FLEETING]
                found[table.name] = sorted(map(repr, rows(select(*columns))))
        db.session.remove()
    return found
