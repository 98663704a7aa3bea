"""The front door asks every rule, and says each kind once."""

from dataclasses import replace

from app.flags.rules import FlagKind, Look
from app.flags.rules_found import found
from tests.support.sightings import SCENE, after, changed, photo, readings, visit

READ = readings([4.0] * 30)


def kinds(look):
    return [each.kind for each in found(look)]


def test_given_an_ordinary_record_when_looked_at_then_nothing_is_said():
    assert found(Look(visit())) == ()
    assert found(Look(visit(), before=(visit("a", -900),), photos=(photo(),), way_seconds={"a": 300})) == ()


def test_given_a_record_that_breaks_every_rule_when_looked_at_then_each_kind_is_said_once_in_order():
    this = visit("c", 0, dwell=2, via="typed", phone="p1", contradicts=True, point="here")
    before = tuple(visit(f"v{n}", n - 9, dwell=1, via="typed", phone="p1") for n in range(8))
    people = tuple(replace(each, person=f"wk-{n:02}") for n, each in enumerate(before))
    pictures = (
        photo("c", taken_at=after(days=-1)),
        replace(photo("c", taken_at=after(days=-2)), photo="second"),
    )
    likely = (photo("x", days=-3, point="there"), photo("y", days=-3, point="there", sha256="y", bits=changed(1)))
    digits = [value / 10 for value in (32, 38, 42, 48, 52, 28) * 10]
    own = [*readings(digits), *readings([4.0] * 30, step="S04", name="s")]
    own = [replace(each, check="c") if each.check in ("r59", "s29") else each for each in own]
    others = [
        *readings([n / 10 for n in range(20, 60)] * 2, person="wk-02", name="o", start=-6.0),
        *readings([n / 10 for n in range(20, 60)], person="wk-02", name="u", step="S04", start=6.0),
    ]
    copied = readings(digits, person="wk-03", name="n", start=-1.0)
    look = Look(
        this, before=before, on_phone=people, way_seconds={"v7": 300}, photos=pictures, likely=likely,
        readings=(*own, *others, *copied), recent=before, scanned=frozenset({each.point for each in (*before, this)}),
    )  # fmt: skip

    assert kinds(look) == list(FlagKind)
    assert next(each for each in found(look) if each.kind is FlagKind.PICTURE_OLD).subject == "photo of c"


def test_given_the_way_of_the_phone_when_another_had_it_a_moment_ago_far_away_then_that_is_said():
    this = visit("c", 61, phone="p1")
    other = visit("v", 0, phone="p1", person="wk-02")

    [said] = found(Look(this, on_phone=(other,), way_seconds={"v": 300}))

    assert (said.kind, said.compared_with) == (FlagKind.FAST_WALK, ("v",))


def test_given_readings_of_others_only_when_looked_at_then_nothing_is_said_of_them():
    others = readings([value / 10 for value in range(30, 60)], person="wk-02", name="o", start=6.0)

    assert found(Look(visit("c"), readings=(*READ, *others))) == ()
    assert [each.kind for each in found(Look(visit("r29"), readings=(*READ, *others)))] == [FlagKind.SAME_VALUE]


def test_given_a_hash_alone_when_looked_at_then_two_shots_of_a_still_scene_are_honest():
    this, before = photo("c", source="live"), photo("a", days=-1, sha256="b", source="live", bits=SCENE)

    assert found(Look(visit(), photos=(this,), likely=(before,))) == ()
