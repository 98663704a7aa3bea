"""The demo's surveys: two that ended in the years before, with answers and measures, and this year's, half answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from random import Random

from app.accounts.queries import person_by_id
from app.demo.actions_arrivals import SEED, Site
from app.feedback.rules_public import Visitor
from app.feedback.rules_ratings import Face
from app.surveys import actions
from app.surveys.actions_answers import NewAnswer, answer
from app.surveys.queries import Invitation, invitations_of, questions_of
from app.surveys.rules import Department, Plan
from app.surveys.rules_answers import Mark, Sheet
from app.surveys.rules_content import INTRO, TITLE

OFFICE = "std-01"
# Those who are served: name, people asked, the share that answers last year and so far.
DEPARTMENTS: tuple[tuple[str, int, float, float], ...] = (
    ("市政府办公室", 40, 0.90, 0.60), ("市发展和改革委员会", 30, 0.83, 0.50), ("市财政局", 28, 0.86, 0.46),
    ("市教育局", 24, 0.79, 0.38), ("市民政局", 18, 0.72, 0.33), ("市档案馆", 8, 0.50, 0.25),
    ("示例市市级机关服务中心", 12, 0.92, 0.58), ("市机关工会联合会", 6, 0.50, 0.17),
)  # fmt: skip
# How content people are, a topic: chances of the five faces from the best down.
MOODS = {
    "保洁": (60, 28, 8, 3, 1), "会议服务": (64, 27, 7, 2, 0), "餐饮": (38, 33, 17, 9, 3),
    "公务用车": (55, 30, 11, 3, 1), "维修": (42, 33, 16, 7, 2), "安保": (58, 30, 9, 2, 1),
    "绿化": (52, 33, 12, 3, 0), "文印": (50, 34, 13, 2, 1),
}  # fmt: skip
SELDOM = ("公务用车", "文印")
GRUMBLES = {
    "餐饮": ("菜品重复，希望每周换菜单。", "十二点以后热菜不够。", "口味偏咸偏油。"),
    "维修": ("报修后要等半天才有人来。", "水龙头修了两次还在滴。"),
    "保洁": ("三楼卫生间下午经常没有纸。",),
    "安保": ("访客登记排队时间长。",),
}
WISHES = (
    "食堂增加清淡菜。", "希望报修能看到进度。",
    "会务人员很细心，谢谢。", "停车位紧张，建议错峰。",
    "保洁阿姨很负责。", "电梯早高峰等得久。",
    "希望班车多一趟。", "绿化有了变化，很好。",
    "文印室中午能否有人值班。", "会议室投影接口不统一。",
    "访客系统方便多了。", "食堂能否提供小份菜。",
    "卫生间烘手机声音大。", "建议公布报修电话。",
    "门岗师傅很热情。", "茶水间的热水不够热。",
    "夏天走廊灯太暗。", "希望多放几个分类垃圾桶。",
    "派车回复很快。", "总体满意，继续努力。",
)  # fmt: skip
ANALYSIS = "总体满意率较高，餐饮、维修两类低于目标；意见集中在菜品更新和报修等待时间。"
MEASURES = "餐饮管理科：每周公布菜单并更换三成菜品，3月底前完成。\n设备运行科：报修2小时内到场，每月公布到场率。"


def play_surveys(site: Site, secret: str, now: datetime) -> None:
    """Through the real deeds; the same for every load of a day."""
    today = now.astimezone(site.zone).date()
    for year in (today.year - 2, today.year - 1):
        _ended(year, now, secret)
    made, _call = _made(today.year, today - timedelta(days=10), today + timedelta(days=20), now, secret)
    for number, each in enumerate(_answers(made, before=False)):
        answer(_new(*each, now + timedelta(minutes=2 * number)))


def _ended(year: int, now: datetime, secret: str) -> None:
    """In November of that year."""
    first = date(year, 11, 3)
    then = now - (now.date() - first) if now.date() > first else now
    made, call = _made(year, first, first + timedelta(days=20), then, secret)
    for number, each in enumerate(_answers(made, before=True)):
        answer(_new(*each, then + timedelta(minutes=2 * number)))
    actions.end(actions.survey_for(made), call.who.id, then + timedelta(days=20))
    head = actions.survey_for(made)
    actions.conclude(head, ANALYSIS, MEASURES, head.revision)


def _made(year: int, first: date, last: date, now: datetime, secret: str) -> tuple[str, actions.Call]:
    office = person_by_id(OFFICE)
    if office is None:
        raise LookupError(OFFICE)
    made, call = str(uuid.uuid5(uuid.NAMESPACE_URL, f"dabiao:survey:{year}")), actions.Call(office, now, first)
    actions.make(made, year, Plan(TITLE, INTRO, first, last), call)
    actions.invite(actions.survey_for(made), [Department(*each[:2]) for each in DEPARTMENTS], secret)
    actions.release(actions.survey_for(made), call)
    return made, call


def _answers(survey_id: str, *, before: bool) -> list[tuple[str, Invitation, Sheet]]:
    """Answers of every department in a mixed order; last year's share of them, or this year's so far."""
    chance, topics = _chance(survey_id), [each.topic for each in questions_of(survey_id)]
    shares = {name: last if before else this for name, _asked, last, this in DEPARTMENTS}
    people = [each for each in invitations_of(survey_id) for _one in range(round(each.invited * shares[each.name]))]
    chance.shuffle(people)
    made = (str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _one in people)
    return [(name, each, _sheet(topics, chance)) for name, each in zip(made, people, strict=True)]


def _chance(survey_id: str) -> Random:
    return Random(f"{SEED}/{survey_id}")  # noqa: S311  a demo that is the same every time


def _sheet(topics: list[str], chance: Random) -> Sheet:
    marks = []
    for no, topic in enumerate(topics, 1):
        if topic in SELDOM and chance.random() < 0.5:
            continue
        (face,) = chance.choices(sorted(Face, reverse=True), MOODS[topic])
        grumbles = GRUMBLES.get(topic, ()) if face <= Face.FAIR else ()
        marks.append(Mark(no, face, chance.choice(grumbles) if grumbles and chance.random() < 0.6 else ""))
    return Sheet(tuple(marks), chance.choice(WISHES) if chance.random() < 0.12 else "")


def _new(answer_id: str, invitation: Invitation, sheet: Sheet, at: datetime) -> NewAnswer:
    return NewAnswer(answer_id, invitation, sheet, Visitor(f"demo-{answer_id}", f"demo-{answer_id}"), at)
