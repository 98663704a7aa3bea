"""Conditions and formulas: one file of cases, run here by the server's rules and by the phone's own module."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from app.standards.rules_conditions import facts_named, holds
from app.standards.rules_formula import FormulaError, evaluate, names_in

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests/vectors/conditions.json"
CASES = json.loads(VECTORS.read_text("utf-8"))


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", CASES["conditions"], ids=named)
def test_given_a_case_when_the_server_judges_then_it_holds_as_written(case: dict[str, Any]) -> None:
    assert holds(case["condition"], case["facts"]) is case["holds"]


@pytest.mark.parametrize("case", CASES["formulas"], ids=named)
def test_given_a_formula_when_the_server_computes_then_the_value_is_as_written(case: dict[str, Any]) -> None:
    if case.get("error"):
        with pytest.raises(FormulaError):
            evaluate(case["formula"], case["values"])
    else:
        assert evaluate(case["formula"], case["values"]) == pytest.approx(case["value"], abs=1e-6)


def test_given_the_same_cases_when_the_phone_runs_them_then_none_differs() -> None:
    node = shutil.which("node") or compute_driver_executable()[0]
    module = ROOT / "app/static/js/conditions.js"

    ran = subprocess.run(
        [node, str(ROOT / "tests/vectors/run_conditions.mjs"), str(module), str(VECTORS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert json.loads(ran.stdout) == {"ran": len(CASES["conditions"]) + len(CASES["formulas"]), "differing": []}


LEAVES = st.builds(lambda name, value: {"fact": name, "eq": value}, st.sampled_from("abc"), st.integers(0, 2))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda several: {"all": several}),
        st.lists(inner, max_size=3).map(lambda several: {"any": several}),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=8,
)


def plainly(tree: dict[str, Any], facts: dict[str, int]) -> bool:
    """The same meaning written as one Python expression, for comparison."""
    kind, inside = next(iter(tree.items()))
    if kind == "fact":
        return facts.get(inside, "nothing") == tree["eq"]
    several = [plainly(each, facts) for each in (inside if isinstance(inside, list) else [inside])]
    return {"all": all(several), "any": any(several), "not": not several[0] if several else False}[kind]


@given(TREES, st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)))
def test_given_any_tree_when_judged_then_it_agrees_with_plain_logic(tree, facts) -> None:
    assert holds(tree, facts) is plainly(tree, facts)


def test_given_a_tree_when_asked_then_it_names_every_fact() -> None:
    tree = {"all": [{"fact": "a", "eq": 1}, {"not": {"any": [{"fact": "b", "in": [1]}, {"fact": "a", "gt": 2}]}}]}

    assert sorted(facts_named(tree)) == ["a", "a", "b"]
    assert list(facts_named(None)) == []


def test_given_a_formula_when_asked_then_it_names_its_readings_only() -> None:
    assert names_in("max(ia, ib)*point.attrs.k + 2") == {"ia", "ib", "point.attrs.k"}


def test_given_a_third_when_computed_then_it_has_six_decimals() -> None:
    assert evaluate("1/3", {}) == 0.333333
    assert evaluate("-2/3", {}) == -0.666667


@given(st.text(alphabet="01a+-*/(), .maxin", max_size=20))
def test_given_any_text_when_computed_then_it_is_a_number_or_refused(formula: str) -> None:
    try:
        value = evaluate(formula, {"a": 2.0})
    except FormulaError:
        return

    assert isinstance(value, float)
