"""What the script of the work page is told about a task."""

from types import SimpleNamespace

from app.pages.rules_task import WORDS, asked_on_page, own_part, shared_part, words

FAILED = {"fact": "steps.S01.result", "eq": "fail"}


def task_for_script(task, code, person):
    """Both parts, as the page joins them."""
    return own_part(task, code, person) | shared_part(task)


def step(step_id="S01", **keys):
    given = {
        "id": step_id, "title": "S", "evidence": "none", "key": False, "dual_sign": False, "release": False,
        "unit": None, "min": None, "max": None, "warn": False, "inputs": [], "formula": None, "photo_min": 0,
        "applies_when": None,
    } | keys  # fmt: skip
    return SimpleNamespace(**given)


def task(*steps, **keys):
    given = {
        "standard": "JGSW05003.01-2026", "window": "2026-11-23/A/A2", "profile": "round", "confirm": "together",
        "facts": {"task.profile": "round"}, "ask_facts": ("weather.wet",), "steps": steps or (step(),), "audio": {},
    } | keys  # fmt: skip
    return SimpleNamespace(**given)


def test_given_a_planned_task_when_told_then_its_window_stands_for_the_profile():
    told = task_for_script(task(), "7K3QX9M2TA", "wk-01")

    assert (told["person"], told["code"], told["window"], told["profile"]) == (
        "wk-01", "7K3QX9M2TA", "2026-11-23/A/A2", None,
    )  # fmt: skip
    assert told["words"].keys() == WORDS.keys()
    assert told["standard"] == "JGSW05003.01-2026"
    assert told["facts"] == {"task.profile": "round"}


def test_given_an_extra_check_when_told_then_the_profile_goes_along():
    told = task_for_script(task(window=None), "7K3QX9M2TA", "wk-01")

    assert (told["window"], told["profile"]) == (None, "round")


def test_given_limits_and_inputs_when_told_then_the_phone_can_judge_at_once():
    reading = step(
        evidence="number", unit="%", min=1.6, max=15, warn={"max": 10}, formula="a/b", photo_min=2, dual_sign=True,
        inputs=[{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
    )  # fmt: skip

    [told] = task_for_script(task(reading), "x", "y")["steps"]

    assert told == {
        "id": "S01", "evidence": "number", "scene": "gauge", "ordinary": False, "dual_sign": True, "unit": "%",
        "min": 1.6, "max": 15, "warn": {"max": 10}, "inputs": ["a", "b"], "formula": "a/b", "photo_min": 2,
        "applies_when": None,
    }  # fmt: skip


def test_given_a_step_that_a_supervisor_releases_when_told_then_only_that_one_says_so():
    told = task_for_script(task(step(release=True), step("S02")), "x", "y")["steps"]

    assert [each.get("release") for each in told] == [True, None]


def test_given_nothing_to_warn_of_and_no_inputs_when_told_then_both_are_absent():
    [told] = task_for_script(task(), "x", "y")["steps"]

    assert (told["warn"], told["inputs"], told["ordinary"]) == (None, None, True)


def test_given_conditions_when_told_then_only_those_that_answers_decide_go_along():
    steps = (
        step(),
        step("S02", applies_when=FAILED),
        step("S03", applies_when={"fact": "task.profile", "eq": "round"}),
    )

    told = task_for_script(task(*steps), "x", "y")["steps"]

    assert [each["applies_when"] for each in told] == [None, FAILED, None]


def test_given_recordings_when_told_then_a_step_names_what_is_heard():
    told = task_for_script(task(step(), step("S02"), audio={"S02": "/photos/a"}), "x", "y")["steps"]

    assert [each.get("audio") for each in told] == [None, "/photos/a"]


def test_given_the_words_when_asked_for_then_each_is_plain_text_with_its_braces(app):
    with app.test_request_context():
        said = words()

    assert said.keys() == WORDS.keys()
    assert all(isinstance(sentence, str) and sentence for sentence in said.values())
    assert "{n}" in said["to_go"]
    assert "{name}" in said["signed"]


def test_given_facts_that_may_be_asked_when_no_step_on_the_page_looks_at_them_then_they_are_not():
    wet = step("S02", applies_when={"fact": "weather.wet", "eq": True})
    gone = step(
        "S03", applies_when={"all": [{"fact": "task.profile", "eq": "full"}, {"fact": "weather.wet", "eq": True}]}
    )

    assert asked_on_page(task(step(), wet)) == ["weather.wet"]
    assert asked_on_page(task(step(), gone)) == []
    assert task_for_script(task(wet), "x", "y")["ask_facts"] == ["weather.wet"]
