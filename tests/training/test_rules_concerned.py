"""Whom a standard concerns (rules TR-1, TR-5)."""

from app.training.rules_concerned import Hand, OnRound, codes_of, concerned


def hand(name, org="clean", crew="c1"):
    return Hand(name, name, org, org, crew, "worker")


HANDS = [hand("ann"), hand("ben"), hand("cat", crew="c2"), hand("bob", "other", "c9"), hand("dan", crew=None)]
ROUNDS = [OnRound("ann", "c1", frozenset({"A", "B"})), OnRound("bob", "c9", frozenset({"B"}))]


def test_tr1_given_a_standard_on_a_round_when_asked_then_it_concerns_the_round_and_its_crew():
    assert concerned("A", HANDS, ROUNDS, {"clean"}, special=False) == {"ann": True, "ben": False}


def test_tr4_given_special_work_when_asked_then_only_those_on_the_rounds_are_concerned():
    assert concerned("A", HANDS, ROUNDS, {"clean"}, special=True) == {"ann": True}


def test_given_a_standard_on_no_round_when_asked_then_everybody_of_the_unit_counts_as_rostered():
    assert concerned("C", HANDS, ROUNDS, {"clean"}, special=False) == dict.fromkeys(("ann", "ben", "cat", "dan"), True)
    assert concerned("C", HANDS, ROUNDS, set(), special=False) == {}


def test_given_a_round_in_another_unit_when_asked_then_its_person_is_concerned_and_not_the_crew():
    mates = [*HANDS, hand("eve", "other", "c9")]

    assert concerned("B", mates, ROUNDS, {"clean"}, special=False) == {"ann": True, "ben": False, "bob": True}


def test_given_a_round_of_somebody_who_left_when_asked_then_the_crew_alone_is_left():
    gone = [OnRound("old", "c1", frozenset({"A"}))]

    assert concerned("A", HANDS, gone, {"clean"}, special=False) == {"ann": False, "ben": False}


def test_given_windows_when_read_then_their_standards_are_named_once():
    assert codes_of(["A/A/A1", "A/A/A2", "B/E"]) == {"A", "B"}
