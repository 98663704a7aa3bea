"""The lives of the demo's standards: confirmed, revised, on trial, in training, out for comment, abolished, overdue.

Editions stand since the compound was loaded; their projects are played by the real deeds, on the days of then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.demo.actions_drafts import write_revision
from app.demo.compound import content
from app.demo.pictures import Subject, drawn
from app.organisations.queries import units
from app.standards import actions_consulting, actions_projects, actions_publishing, actions_review
from app.standards.actions_drafts import Deed, change_document
from app.standards.actions_papers import Sent, add_paper, add_text
from app.standards.queries import edition, edition_row, standards
from app.standards.queries_drafts import edition_document
from app.standards.queries_opinions import recipients_of
from app.standards.queries_projects import project
from app.standards.rules import Edition
from app.standards.rules_consulting import Asked
from app.standards.rules_files import Part, word
from app.standards.rules_phases import Kind, Project, State
from app.standards.rules_publishing import PlanLine
from app.standards.rules_review import Minutes, Question
from app.standards.writes_projects import change_project, insert_project, insert_review, note
from app.web.current import CurrentPerson

TOLD = content("projects")
OFFICE, LEADER = "std-01", "ldr-01"
TEN = time(10, 0)
YES = {each.value: True for each in Question}
LIVES = {entry["document"]["number"]: entry["lifecycle"] for entry in content("standards")}


class _Stage:
    """Who does it, at which hour, under which ids."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.chance = Random("projects")  # noqa: S311  believable, not secret
        self.names = {unit.id: unit.name for unit in units()}
        self.titles = {each.code: (each.title, each.responsible_id) for each in standards()}

    def at(self, day: date) -> datetime:
        return datetime.combine(day, TEN, self.zone)

    def id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def who(self, person_id: str) -> CurrentPerson:
        found = person_by_id(person_id)
        if found is None:
            raise LookupError(person_id)
        return found

    def found(self, project_id: str) -> Project:
        there = project(project_id)
        if there is None:
            raise LookupError(project_id)
        return there

    def begin(self, kind: Kind, code: str, story: Mapping[str, Any], on: date, **more: Any) -> str:
        """A project as it stood then; the numbering service was asked long ago."""
        title, responsible = self.titles[code]
        project_id = self.id()
        insert_project(
            {
                "id": project_id, "kind": kind, "code": code, "title": title, "responsible_id": responsible,
                "leader_id": story["leader"], "state": State.PLANNED, "necessity": story["necessity"],
                "content": story["content"], "means": "", "note": story.get("note", ""),
                "due_on": on + timedelta(days=120), "made_by_id": OFFICE, "made_at": self.at(on), **more,
            }
        )  # fmt: skip
        note(project_id, "begun", OFFICE, self.at(on), story["necessity"])
        return project_id


def play_projects(zone: ZoneInfo, now: datetime) -> None:
    """All of them; those under way stand as they would today."""
    stage = _Stage(zone)
    for story in TOLD["history"]:
        _published(stage, story)
    for review in TOLD["reviews"]:
        values = {**review, "id": stage.id(), "on": date.fromisoformat(review["on"]), "by_id": OFFICE}
        insert_review({**values, "at": stage.at(values["on"])})
    _abolished(stage, TOLD["abolished"])
    _out_for_comment(stage, TOLD["reception"])
    _being_revised(stage, TOLD["revision"])
    _applied_for(stage, TOLD["pending"])
    for number in TOLD["texts"]:
        _keep_text(stage, number, now)


def _published(stage: _Stage, story: Mapping[str, Any]) -> None:
    number = story["edition"]
    life = {name: date.fromisoformat(day) for name, day in LIVES[number].items() if _is_day(day)}
    row, office = edition_row(number), stage.who(OFFICE)
    if row is None:
        raise LookupError(number)
    kind = Kind.REVISE if "revises" in story else Kind.NEW
    project_id = stage.begin(kind, row.code, story, life["drafted"], from_edition=story.get("revises"))
    actions_projects.begin_drafting(stage.found(project_id), office, stage.at(life["drafted"]))
    _write(stage, project_id, _text_of(number), story["leader"], life["drafted"])
    _consult(stage, project_id, story["opinions"], life["comment_from"], life["comment_to"])
    actions_consulting.conclude(stage.found(project_id), office, stage.at(life["comment_to"]), life["comment_to"])
    _review(stage, project_id, life["reviewed"])
    _approve(stage, project_id, story, life["approved"])
    actions_publishing.write_plan(stage.found(project_id), _plan(life["effective"]), office, stage.at(life["approved"]))
    published = stage.at(life["published"])
    change_project(project_id, State.APPROVED, state=State.PUBLISHED, edition=number)
    note(project_id, "publish", OFFICE, published, number)


def _write(stage: _Stage, project_id: str, text: Mapping[str, Any], leader: str, on: date) -> None:
    """The draft becomes this text; what an edition gets only with its number stays out."""
    plain = {**text, **actions_projects.UNNUMBERED}
    change_document(project_id, Deed("edit"), lambda _before: plain, stage.who(leader), stage.at(on))


def _consult(stage: _Stage, project_id: str, opinions: Sequence[Sequence[str]], on: date, until: date) -> None:
    sides, office, at = TOLD["sides"], stage.who(OFFICE), stage.at(on)
    asked = [(side, unit, stage.names[unit]) for side in (Asked.EXECUTING, Asked.SUPERVISING) for unit in sides[side]]
    customers = [(Asked.CUSTOMER, None, name) for name in sides["customers"]]
    actions_projects.consult(stage.found(project_id), [*asked, *customers], until, office, at, on)
    found = stage.found(project_id)
    spoken = {said[0]: said for said in opinions}
    for number, recipient in enumerate(recipients_of(project_id)):
        said = spoken.pop("customers" if recipient.side is Asked.CUSTOMER else str(recipient.side), None)
        if not opinions[-1][3] and said is None:
            continue
        clause, text, outcome, reason = said[1:] if said else ("", "", "", "")
        opinion_id, then = stage.id(), at + timedelta(days=3 + number, minutes=17 * number)
        actions_consulting.answer(found, opinion_id, recipient.id, clause, text, office, then, agrees=not text)
        if outcome:
            actions_consulting.decide(found, opinion_id, outcome, reason, office, then + timedelta(days=1))


def _review(stage: _Stage, project_id: str, on: date) -> None:
    told = TOLD["minutes"]
    conclusion = "会议审查通过。对不同意见的处理恰当，内容完整、可操作，同意形成报批稿。"
    minutes = Minutes(on, told["place"], tuple(told["present"]), YES, {}, conclusion, passed=True)
    actions_review.review(stage.found(project_id), minutes, stage.who(OFFICE), stage.at(on), on)


def _approve(stage: _Stage, project_id: str, story: Mapping[str, Any], on: date) -> None:
    if story["approval"] == "here":
        actions_review.approve(stage.found(project_id), stage.who(LEADER), stage.at(on), on, "同意发布。")
        return
    office, at = stage.who(OFFICE), stage.at(on)
    scan = drawn(Subject("office", story["decree"], "批准文件扫描件", f"{on:%Y-%m-%d}", project_id))
    add_paper(stage.found(project_id), Sent(stage.id(), "approval", f"{story['decree']}.jpg", scan), office, at)
    decree = actions_review.Decree(story["decree"], "分管领导", on)
    actions_review.record(stage.found(project_id), decree, office, at, on)


def _plan(effective: date) -> list[PlanLine]:
    return [
        PlanLine(
            **{name: line[name] for name in ("way", "content", "steps", "responsible", "requirement")},
            from_on=effective + timedelta(days=line["days"][0]),
            to_on=effective + timedelta(days=line["days"][1]),
        )
        for line in TOLD["plan"]
    ]


def _abolished(stage: _Stage, story: Mapping[str, Any]) -> None:
    begun, approved, ended = (date.fromisoformat(story[name]) for name in ("begun", "approved", "ended"))
    number = story["edition"]
    project_id = stage.begin(Kind.ABOLISH, number.split("-")[0], story, begun, from_edition=number)
    actions_projects.apply(stage.found(project_id), stage.who(OFFICE), stage.at(begun))
    actions_review.approve(stage.found(project_id), stage.who(LEADER), stage.at(approved), approved, "同意废止。")
    change_project(project_id, State.APPROVED, state=State.PUBLISHED, edition=number)
    note(project_id, "publish", OFFICE, stage.at(approved), number, {"ends_on": ended.isoformat()})


def _out_for_comment(stage: _Stage, story: Mapping[str, Any]) -> None:
    sent, until = date.fromisoformat(story["sent"]), date.fromisoformat(story["until"])
    project_id = stage.begin(Kind.NEW, story["code"], story, sent - timedelta(days=30))
    actions_projects.begin_drafting(stage.found(project_id), stage.who(OFFICE), stage.at(sent - timedelta(days=28)))
    steps = [
        {
            "id": f"S{number:02}", "title": title, "title_en": None, "requirement": words, "key": key,
            "evidence": "none", "unit": None, "min": None, "max": None, "choices": None, "pass_choices": None,
            "applies_when": None, "min_seconds": 10, "safety": None, "fail_action": "nc", "severity": "minor",
            "cause_default": "work", "dual_sign": key, "clause": f"5.{number}",
        }
        for number, (title, words, key) in enumerate(story["steps"], 1)
    ]  # fmt: skip
    change_document(
        project_id, Deed("edit"), lambda before: {**before, "steps": steps, "photo_forbidden_when": True},
        stage.who(story["leader"]), stage.at(sent - timedelta(days=20)),
    )  # fmt: skip
    _consult(stage, project_id, story["opinions"], sent, until)


def _being_revised(stage: _Stage, story: Mapping[str, Any]) -> None:
    begun, number = date.fromisoformat(story["begun"]), story["edition"]
    project_id = stage.begin(Kind.REVISE, number.split("-")[0], story, begun, from_edition=number)
    actions_projects.begin_drafting(stage.found(project_id), stage.who(OFFICE), stage.at(begun))
    write_revision(project_id, stage.who(story["leader"]), stage.at(begun + timedelta(days=1)))


def _applied_for(stage: _Stage, story: Mapping[str, Any]) -> None:
    begun, office = date.fromisoformat(story["begun"]), stage.who(story["leader"])
    new = actions_projects.NewProject(
        stage.id(), Kind.NEW, story["title"], story["place"], "", office.org_id, story["leader"],
        begun + timedelta(days=150), story["necessity"], story["content"], story["means"],
    )  # fmt: skip
    actions_projects.begin(new, office, stage.at(begun), begun, "JGSW")
    actions_projects.apply(stage.found(new.id), office, stage.at(begun + timedelta(days=1)))


def _keep_text(stage: _Stage, number: str, now: datetime) -> None:
    row = edition_row(number)
    if row is not None:
        add_text(row, Sent(stage.id(), "text", f"{number}.docx", _as_word(edition(row), now)), stage.who(OFFICE), now)


def _as_word(text: Edition, now: datetime) -> bytes:
    steps = [f"{step.clause or step.id}  {step.title}：{step.requirement}" for step in text.steps]
    parts = [
        Part("范围", [text.summary or text.title]),
        Part("规范性引用文件", [f"{each['name_zh']}  {each['used_for_zh']}" for each in text.references] or ["无"]),
        Part("职责", ["实施单位按本文件作业并留存实施证据，责任科室监督检查。"]),
        Part("总则", ["依法依规，安全第一，操作方便。"]),
        Part("服务流程与要求", steps),
        Part("评价与改进", list(text.acceptance) or ["按监督检查结果持续改进。"]),
    ]
    return word(f"{text.number.replace('-', '—')}  {text.title}", parts, now)


def _text_of(number: str) -> Mapping[str, Any]:
    return edition_document(number) or {}


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == "-"
