"""What people set for everybody stands in the audit log: who, what, and the values that decide."""

import pytest

from app.accounts.queries import person_by_id
from app.audit.queries import Search, lines
from app.audit.rules import export_word
from app.db import atomically
from app.inspections.actions_templates import add_template, retire_template
from app.inspections.queries_templates import template_by_id
from app.inspections.rules_templates import TemplateItem
from app.repairs.actions_trades import TradeWish, keep_trade
from app.reports.actions_templates import drop_template
from app.reports.models import FormTemplate
from app.reports.rules_forms import Form
from app.training.actions_office import keep_settings
from app.training.queries import TrainingSettings
from tests.support import builders
from tests.support.builders import NOW, kept


@pytest.fixture
def stan(app):
    with app.app_context():
        builders.small_world()
        builders.person("stan", "standards", "bureau")
        yield person_by_id("stan")


def noted():
    return [(line.about, line.data) for line in reversed(lines(Search(group="setting")))]


def test_given_a_trade_on_duty_when_kept_then_who_is_on_duty_is_noted(stan):
    wish = TradeWish("water", "水暖", "Plumbing", "clean", "c1", None, (), ())

    atomically(lambda: keep_trade(wish, stan))

    assert noted() == [("trade water", {"org_id": "clean", "crew_id": "c1", "person_id": None})]


def test_given_settings_of_training_when_changed_then_noted_and_the_same_again_is_not(stan):
    wish = TrainingSettings(newcomer_days=20)

    for _again in range(2):
        atomically(lambda: keep_settings(wish, stan, NOW))

    assert noted() == [("training", {"from": "", "newcomer_days": 20})]


def test_given_an_own_form_when_dropped_then_noted(stan):
    kept(FormTemplate, form=str(next(iter(Form))), name="x.docx", sha256="0" * 64, body=b"x", by_id="stan", at=NOW)

    atomically(lambda: drop_template(next(iter(Form)), stan, NOW))

    assert noted() == [(f"form {next(iter(Form))}", {"sha256": "own"})]


def test_given_a_template_of_inspections_when_made_and_retired_then_both_are_noted(stan):
    items = [TemplateItem("地面", "干净")]
    atomically(lambda: add_template("t1", "检查", items, "", stan, NOW))

    atomically(lambda: retire_template(template_by_id("t1"), stan, NOW))

    assert noted() == [("inspection t1", {"version": 1}), ("inspection t1", {"retired": True})]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("sampling 5ae9a96d-214f-41e8-b31a-67d16973bf6d", "Sampling plan 5ae9a96d"),
        ("training", "Training"),
        ("form check", "Template of a form check"),
        ("form", "Reports"),
        ("wk-05", "wk-05"),
        ("", ""),
    ],
)
def test_given_what_a_line_is_about_when_shown_then_in_words_with_a_short_number(app, about, said):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert export_word(about) == said
