"""Forms of surveys into values; what cannot be right is told field by field."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from app.feedback.rules_ratings import Face
from app.surveys.rules import (
    MOST_DEPARTMENTS,
    MOST_INVITED,
    MOST_NAME,
    MOST_QUESTIONS,
    Department,
    Plan,
    Question,
    plan_faults,
    question_faults,
)
from app.surveys.rules_answers import MOST_WORDS, Mark, Sheet, anonymous
from app.surveys.rules_content import DEPARTMENT, EXAMPLE, INTRO
from app.web.words import lazy

# A field that people do not see; programs fill it.
TRAP = "website"
YEARS = (2000, 2100)


class Given(Protocol):
    """A form with several values a name."""

    def getlist(self, name: str) -> list[str]:
        """All values of a name, in order."""


def parse_year(form: Mapping[str, str]) -> tuple[int, dict[str, object]]:
    """The year that the survey is about."""
    text = form.get("year", "").strip()
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    wrong = not YEARS[0] <= year <= YEARS[1]
    return year, {"year": lazy("Give a year with four digits.")} if wrong else {}


def parse_plan(form: Mapping[str, str]) -> tuple[Plan | None, dict[str, object]]:
    """Title, head and days; None with the faults."""
    opens_on, closes_on = _day(form.get("opens_on", "")), _day(form.get("closes_on", ""))
    faults: dict[str, object] = {}
    for name, day in (("opens_on", opens_on), ("closes_on", closes_on)):
        if day is None:
            faults[name] = lazy("Choose a day.")
    if opens_on is None or closes_on is None:
        return None, faults
    plan = Plan(_line(form.get("title", "")), form.get("intro", INTRO).strip(), opens_on, closes_on)
    found = plan_faults(plan)
    return (None if found else plan), found


def parse_questions(form: Given) -> tuple[list[Question], dict[str, object]]:
    """Rows of topic and question; an empty row is left out."""
    pairs = zip(form.getlist("topic")[: 2 * MOST_QUESTIONS], form.getlist("text"), strict=False)
    found = [Question(_line(topic), _line(text)) for topic, text in pairs if topic.strip() or text.strip()]
    return found, question_faults(found)


def parse_departments(text: str) -> tuple[list[Department], dict[str, object]]:
    """A line a department: its name and how many people are asked, as in 办公室 20."""
    found: list[Department] = []
    for number, line in enumerate(filter(None, map(_line, text.splitlines())), 1):
        told = DEPARTMENT.fullmatch(line)
        if told is None or not 1 <= int(told["n"]) <= MOST_INVITED:
            words = {"n": number, "example": EXAMPLE}
            sentence = lazy("Line %(n)d: write the name and the number of people, as in %(example)s.", **words)
            return found, {"departments": sentence}
        found.append(Department(told["name"], int(told["n"])))
    return found, _department_faults(found)


def parse_answer(form: Mapping[str, str], questions: Sequence[Question]) -> Sheet:
    """What somebody answered; words lose telephones and accounts. 0 stands for a service that was not used."""
    errors: dict[str, object] = {}
    marks: list[Mark] = []
    for no, question in enumerate(questions, 1):
        given, words = form.get(f"face-{no}", ""), _words(form, f"words-{no}", errors)
        if given in {str(face.value) for face in Face}:
            marks.append(Mark(no, Face(int(given)), words))
        elif given != "0":
            errors[f"face-{no}"] = lazy("%(topic)s: choose a face, or that you did not use it.", topic=question.topic)
    if not marks and not errors:
        errors["face-1"] = lazy("Choose a face for at least one service.")
    if form.get(TRAP):
        errors["face-1"] = lazy("A field that nobody sees was filled in. Turn off automatic filling and send it again.")
    return Sheet(tuple(marks), _words(form, "words", errors), errors)


def _words(form: Mapping[str, str], name: str, errors: dict[str, object]) -> str:
    text = form.get(name, "").strip()
    if len(text) > MOST_WORDS:
        errors[name] = lazy("This text is too long; at most %(n)d characters.", n=MOST_WORDS)
    return anonymous(text[:MOST_WORDS])


def _department_faults(found: Sequence[Department]) -> dict[str, object]:
    if len(found) > MOST_DEPARTMENTS:
        return {"departments": lazy("At most %(n)d departments.", n=MOST_DEPARTMENTS)}
    if any(len(each.name) > MOST_NAME for each in found):
        return {"departments": lazy("A name has at most %(n)d characters.", n=MOST_NAME)}
    names = [each.name for each in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        return {"departments": lazy("%(name)s stands twice.", name=twice)}
    return {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join(text.split())
