"""A standard's project through its pages, deed by deed, each by whoever does it."""

import io
import uuid
from datetime import UTC, date, datetime

from sqlalchemy import select

from app import clock, db
from app.accounts.queries import person_by_id
from app.db import atomically
from app.schedule.models import Occurrence
from app.standards.actions_drafts import Deed, change_document
from app.standards.models_projects import Project, ProjectOpinion, ProjectRecipient, StandardPaper
from app.standards.queries_drafts import draft_of
from app.standards.queries_opinions import recipients_of
from tests.support.builders import kept, person, small_world
from tests.support.sitting import signed_in
from tests.support.standards import step_document

TODAY = date(2026, 11, 23)
ID, OTHER = (str(uuid.UUID(int=number, version=4)) for number in (55, 56))
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FIVE = dict.fromkeys(("law", "need", "system", "content", "format"), "yes")
MINUTES = {
    **FIVE,
    "held_on": "2026-11-23",
    "place": "二楼会议室",
    "present": "甲\n乙",
    "conclusion": "通过",
    "passed": "1",
}
ASKED = {"executing": "clean", "supervising": "care", "customers": "大院机关办公室", "comment_to": "2026-12-10"}
LINE = {
    "way": "集中宣贯", "content": "讲解步骤", "steps": "发放、培训、考核", "responsible": "物业科长",
    "from_on": "2026-12-01", "to_on": "2026-12-20", "requirement": "考核80分以上",
}  # fmt: skip
NEW = {
    "id": ID, "kind": "new", "title": "开水间清洁", "place": "05003", "from_edition": "", "responsible_id": "care",
    "leader_id": "sue", "due_on": "2026-12-31", "necessity": "没有书面流程", "content": "步骤与判定", "means": "",
}  # fmt: skip
PUBLISH = {"effective_on": "2026-12-25", "next_review_on": "2029-11-22", "points": "p1", "implementer": "clean"}


def office_world(*steps):
    """The small world with its standards section, its leader in charge and a checker."""
    small_world(*steps)
    person("stan", "standards", "bureau")
    person("lou", "leader", "bureau")
    person("ina", "inspector", "bureau")
    person("max", "contractor_manager", "clean")
    person("tom", "supervisor", "other")


def entered(app, person_id: str):
    """A client that is signed in, without the page of the password."""
    return signed_in(app, person_id, clock.now())


def address(deed: str = "", project_id: str = ID) -> str:
    return f"/standards/projects/{project_id}" + (f"/{deed}" if deed else "")


def send(client, deed: str, data=None, **kwargs):
    return client.send(address(deed), data, page="/me", **kwargs)


def paper(kind: str = "approval", body: bytes = PDF, paper_id: str | None = None):
    return {"id": paper_id or str(uuid.uuid4()), "paper": kind, "file": (io.BytesIO(body), "批复.pdf")}


def write_steps(app, *steps, project_id: str = ID, by: str = "sue", **keys):
    """The draft gets these steps; `keys` change its head, such as schedules."""
    made = list(steps) or [step_document("S01"), step_document("S02", "photo", key=True)]
    with app.app_context():
        who = person_by_id(by)
        deed = Deed("edit")
        atomically(
            lambda: change_document(project_id, deed, lambda text: {**text, "steps": made, **keys}, who, clock.now())
        )


def document(app, project_id: str = ID):
    with app.app_context():
        return draft_of(project_id).document


def as_far_as(app, state: str, after: str = "") -> None:
    """The project of `NEW` through its phases until it stands in this state; `after` names where it stands now."""
    sue, stan, lou = (entered(app, each) for each in ("sue", "stan", "lou"))
    deeds = {
        "planned": lambda: stan.send("/standards/projects", NEW, page="/me"),
        "drafting": lambda: send(stan, "begin"),
        "comment": lambda: (
            write_steps(app),
            send(sue, "write", {"note": "依据现场测试编写"}),
            send(stan, "consult", ASKED),
        )[-1],
        "review": lambda: (answered(app, stan), send(stan, "conclude"))[-1],
        "approval": lambda: send(stan, "review", MINUTES),
        "approved": lambda: send(lou, "approve", {"text": "同意"}),
        "published": lambda: (send(stan, "plan", LINE), send(stan, "publish", PUBLISH))[-1],
    }
    reached = list(deeds)
    for each in reached[reached.index(after) + 1 if after else 0 :]:
        done = deeds[each]()
        assert done.status_code == 303, (each, done.get_data(as_text=True))
        if each == state:
            return


def answered(app, stan) -> None:
    """All three who were asked agree."""
    for recipient in recipients(app):
        said = {"id": str(uuid.uuid4()), "recipient": recipient.id, "agrees": "1"}
        assert send(stan, "opinions", said).status_code == 303


def recipients(app, project_id: str = ID):
    with app.app_context():
        return recipients_of(project_id)


def in_comment(project_id: str, responsible_id: str, unit_id: str, recipient_id: int) -> None:
    """A project of that department that is out for comment at one unit, with an opinion of the same id."""
    now = clock.now()
    kept(
        Project, id=project_id, kind="new", code=f"JGSW05003.{90 + recipient_id}", title="开水间清洁",
        responsible_id=responsible_id, leader_id="sue", state="comment", due_on=TODAY, comment_to=TODAY,
        made_by_id="sue", made_at=now,
    )  # fmt: skip
    kept(ProjectRecipient, id=recipient_id, project_id=project_id, side="executing", unit_id=unit_id, name=unit_id)
    said = {"recipient_id": recipient_id, "text": "改一处", "by_id": "lea", "at": now}
    kept(ProjectOpinion, id=project_id, project_id=project_id, **said)
    body = {"media_type": "application/pdf", "sha256": "a" * 64, "size": len(PDF), "body": PDF}
    kept(StandardPaper, id=project_id, project_id=project_id, kind="note", name="说明.pdf", by_id="sue", at=now, **body)


def open_rows(app) -> dict[int, str]:
    """The windows that are open or behind, with the edition that each is judged by."""
    with app.app_context():
        now = datetime(2026, 11, 24, tzinfo=UTC)
        found = db.rows(select(Occurrence.id, Occurrence.edition).where(Occurrence.start_at < now))
        return {row.id: row.edition for row in found}
