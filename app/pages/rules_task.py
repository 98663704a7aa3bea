"""What the script of the work page has to know about a task, as plain JSON: steps, limits, facts and words."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from app.pages.rules import can_apply, depends_on_answers
from app.pages.rules_scene import scene_of
from app.standards.rules_conditions import facts_named
from app.web.words import lazy

WORDS = {
    "submit": lazy("Submit"),
    "to_go": lazy("Submit · {n} left"),
    "min_left": lazy("{n} min left"),
    "in_grace": lazy("still in time"),
    "opens": lazy("opens at {time}; earlier it is kept as an extra check"),
    "early": lazy("early is fine"),
    "over": lazy("over, can still be made up"),
    "expired": lazy("over, kept as an extra check"),
    "uploading": lazy("Sending photo {n} of {m} …"),
    "sending": lazy("Sending …"),
    "later": lazy("No network. Kept on this phone; sent by itself as soon as there is one."),
    "busy": lazy("The server is busy. Kept on this phone; sent by itself in a moment."),
    "signin": lazy("You have been signed out. What you typed is kept on this phone."),
    "signin_link": lazy("Sign in and go on"),
    "photo": lazy("Photo taken"),
    "remove": lazy("Remove this photo"),
    "listen": lazy("Listen"),
    "step_back": lazy("Step back"),
    "step_next": lazy("Next step"),
    "step_count": lazy("Step {n} of {m}"),
    "step_all": lazy("All steps at a glance"),
    "state_pass": lazy("up to standard"),
    "state_fail": lazy("with a problem"),
    "state_finding": lazy("with a problem"),
    "state_na": lazy("does not apply"),
    "state_open": lazy("not answered yet"),
    "stop": lazy("Stop"),
    "remove_memo": lazy("Remove this recording"),
    "no_microphone": lazy("The microphone is not free. Press again to take a recording of the phone."),
    "another": lazy("One more"),
    "cam_opening": lazy("The camera is opening …"),
    "cam_aim": lazy("Show the whole place, then press the round button."),
    "cam_shutter": lazy("Take photo"),
    "cam_again": lazy("Once more"),
    "cam_use": lazy("Use this one"),
    "cam_file": lazy("Phone camera"),
    "cam_light": lazy("Light"),
    "cam_close": lazy("Close the camera"),
    "done": lazy("Done"),
    "back": lazy("Delete the last digit"),
    "within": lazy("within limits"),
    "near": lazy("close to the limit"),
    "below": lazy("too low, will be reported"),
    "above": lazy("too high, will be reported"),
    "nonumber": lazy("that is not a number"),
    "lack_answer": lazy("not answered yet"),
    "lack_number": lazy("that is not a number"),
    "lack_photo": lazy("the photo is missing"),
    "lack_after": lazy("a photo of how it is now is missing"),
    "lack_note": lazy("please say why it does not apply"),
    "lack_text": lazy("please write a few words, or say them"),
    "lack_cause": lazy("please choose the cause"),
    "lack_why": lazy("please write or say what it is, or take a photo"),
    "signer_and_pin": lazy("Choose a colleague and let them type the PIN."),
    "badge_reading": lazy("Looking for the code …"),
    "badge_read": lazy("Badge read. Now the colleague types the PIN."),
    "badge_unread": lazy("No badge found in this picture. Hold the badge flat and close, or choose the name."),
    "signed": lazy("Signed by {name}"),
    "sign_later": lazy("No network: your colleague can sign later on the own phone."),
    "yours": lazy("It is yours now."),
    "given_back": lazy("Given back. It no longer counts as yours."),
    "give_back_later": lazy("No network: it stays yours for now. Please try again in a while."),
    "stay": lazy("Not sent yet. Stay on this page: it is sent as soon as the network answers."),
    "registered": lazy("Registered. The photos are kept on this phone until there is Wi-Fi."),
    "photo-lost": lazy("A photo is no longer on this phone. Take it again and submit once more."),
    "full": lazy(
        "This phone is nearly full. Without a network a photo cannot be kept: delete something, or go online first."
    ),
    "nearly_full": lazy("This phone is nearly full. Stay online until the photo has been sent."),
    "camera_back": lazy(
        "The camera had closed this page. Everything you entered is still here; please take the photo again."
    ),
}


class Step(Protocol):
    """What a page needs of checks' PageStep."""

    id: str
    title: str
    key: bool
    evidence: str
    unit: str | None
    min: float | None
    max: float | None
    warn: Any
    inputs: Any
    formula: str | None
    dual_sign: bool
    release: bool
    photo_min: int
    applies_when: Mapping[str, Any] | None


class Task(Protocol):
    """What a page needs of checks' OpenWindow."""

    standard: str
    window: str | None
    profile: str
    confirm: str
    facts: Mapping[str, Any]
    ask_facts: Iterable[str]
    steps: Iterable[Any]
    audio: Mapping[str, str]


def steps_on_page(task: Task) -> list[Any]:
    """The steps that can apply, in order."""
    return [step for step in task.steps if can_apply(step.applies_when, task.facts, tuple(task.ask_facts))]


def asked_on_page(task: Task) -> list[str]:
    """The facts worth asking the worker: those that decide about a step on the page."""
    named = {fact for step in steps_on_page(task) for fact in facts_named(step.applies_when)}
    return [fact for fact in task.ask_facts if fact in named]


def own_part(task: Task, code: str, person_id: str) -> dict[str, Any]:
    """Of the task as work.js reads it, what is of this person and window."""
    return {
        "person": person_id,
        "code": code,
        "standard": task.standard,
        "window": task.window,
        "profile": None if task.window else task.profile,
    }


def shared_part(task: Task) -> dict[str, Any]:
    """What all who have these steps to do share: `OpenWindow.form_key` names it."""
    asked = tuple(task.ask_facts)
    return {
        "facts": dict(task.facts),
        "ask_facts": asked_on_page(task),
        "steps": [_step(step, task.confirm, asked) | _heard(task, step.id) for step in steps_on_page(task)],
        "words": words(),
    }


def is_ordinary(step: Step, confirm: str) -> bool:
    """A plain tick that one press may confirm together with the others (rules EV-4)."""
    return confirm == "together" and step.evidence == "none" and not step.key and not step.dual_sign


def _step(step: Step, confirm: str, asked: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": step.id,
        "evidence": step.evidence,
        "scene": scene_of(step.title, step.evidence),
        "ordinary": is_ordinary(step, confirm),
        "dual_sign": step.dual_sign,
        **({"release": True} if step.release else {}),
        "unit": step.unit,
        "min": step.min,
        "max": step.max,
        "warn": step.warn or None,
        "inputs": [each["id"] for each in step.inputs] if step.inputs else None,
        "formula": step.formula,
        "photo_min": step.photo_min,
        "applies_when": step.applies_when if depends_on_answers(step.applies_when, asked) else None,
    }


def _heard(task: Task, step_id: str) -> dict[str, str]:
    return {"audio": task.audio[step_id]} if step_id in task.audio else {}


def words() -> dict[str, str]:
    """What the script says, in the language of the person; braces are filled in by it."""
    return {key: str(sentence) for key, sentence in WORDS.items()}
