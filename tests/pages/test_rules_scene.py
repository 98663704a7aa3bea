"""The sign of a step: by the words of its title, in order, else by its evidence; each is in the sprite."""

import json
from pathlib import Path

import pytest

import app
from app.pages import rules_scene
from app.pages.rules_scene import scene_of

ROOT = Path(app.__file__).parent


@pytest.mark.parametrize(
    ("title", "evidence", "sign"),
    [
        ("清运垃圾与随脏随清", "none", "trash"),
        ("地面与地漏", "none", "brush-cleaning"),
        ("通风与气味判定", "choice", "wind"),
        ("X", "number", "gauge"),
        ("X", "photo", "camera"),
        ("X", "none", "circle-check"),
    ],
)
def test_given_a_step_when_a_sign_is_chosen_then_it_fits(title, evidence, sign):
    assert scene_of(title, evidence) == sign


def test_given_all_signs_when_looked_up_then_each_is_in_the_sprite():
    sprite = (ROOT / "static/icons.svg").read_text("utf-8")
    named = [*json.loads((ROOT / "pages/scenes.json").read_text("utf-8")).values(), *rules_scene._BY_EVIDENCE.values()]

    assert [sign for sign in named if f'id="{sign}"' not in sprite] == []
