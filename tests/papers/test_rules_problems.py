"""The three problems: one rule for everybody, against a plain model; at most three, in turns, nothing invented."""

from hypothesis import given
from hypothesis import strategies as st

from app.papers.rules_problems import MOST, Candidate, Source, three_problems

CANDIDATES = st.lists(
    st.builds(Candidate, st.sampled_from("甲乙丙丁"), st.just(""), st.integers(0, 5), st.integers(5, 9), st.just("/")),
    max_size=5,
)


def case(name, n, of=10):
    return Candidate(name, "", n, of, "/")


def test_given_all_kinds_when_chosen_then_the_worst_of_each_in_turn():
    found = three_problems(
        {
            Source.FINDING: [case("超期", 2)],
            Source.STEP: [case("少", 1), case("多", 9)],
            Source.POINT: [case("点", 3)],
        }
    )

    assert [(each.kind, each.place, each.name) for each in found] == [
        ("step", 1, "多"), ("point", 1, "点"), ("finding", 1, "超期"),
    ]  # fmt: skip


def test_given_a_kind_without_problems_when_chosen_then_the_next_takes_its_place():
    found = three_problems({Source.POINT: [case("一", 3), case("二", 2)], Source.STEP: [case("无", 0)]})

    assert [(each.kind, each.place, each.name) for each in found] == [("point", 1, "一"), ("point", 2, "二")]
    assert three_problems({}) == ()


def test_given_equals_when_chosen_then_the_one_with_fewer_cases_then_by_name():
    found = three_problems({Source.STEP: [case("乙", 3), case("甲", 3), case("丙", 3, of=5)]})

    assert [each.name for each in found] == ["丙", "乙", "甲"]
    assert found == three_problems({Source.STEP: [case("丙", 3, of=5), case("甲", 3), case("乙", 3)]})


@given(st.fixed_dictionaries(dict.fromkeys(Source, CANDIDATES)))
def test_given_any_month_when_chosen_then_as_many_as_there_are_and_no_worse_one_is_passed_over(candidates):
    found = three_problems(candidates)

    there = {source: sorted((one.n for one in some if one.n), reverse=True) for source, some in candidates.items()}
    assert len(found) == min(MOST, sum(map(len, there.values())))
    for source, counts in there.items():
        named = [each.n for each in found if each.kind == source]
        assert named == counts[: len(named)]
    if all(there.values()):
        assert {each.kind for each in found} == {str(source) for source in Source}
