"""The tour: every stop has a picture of its own name, a page that exists, and a place in docs/tour.md."""

import re

import pytest

from tests.support.house import ROOT
from tools.tour import FIRST, written
from tools.tour_stops import STOPS, chapters

EVERY = [stop for _chapter, stops in STOPS for stop in stops]
NAMED = re.compile(r"\{(\w+)\}")


def test_given_all_stops_when_named_then_each_has_its_own_picture():
    names = [stop.name for stop in EVERY]

    assert len(names) > 90 and len(names) == len(set(names))
    assert [name for name in names if not (ROOT / f"docs/pictures/{name}.jpg").is_file()] == []


def test_given_all_stops_when_their_addresses_are_read_then_every_name_in_them_can_be_found():
    wanted = {name for stop in EVERY for name in NAMED.findall(stop.path)}
    wanted |= {name for address, _link in FIRST.values() for name in NAMED.findall(address)}

    assert wanted == set(FIRST)


def test_given_the_chapters_when_written_then_the_page_is_the_one_of_the_docs():
    assert (ROOT / "docs/tour.md").read_text("utf-8") == written(STOPS)


def test_given_a_key_that_no_stop_has_when_read_then_it_is_refused(tmp_path):
    stop = '[[stop]]\nname = "a"\ntitle = "A"\ntext = "A"\npath = "/"\ncolour = "red"\n'
    (tmp_path / "01-a.toml").write_text(f'chapter = "A"\n\n{stop}', "utf-8")

    with pytest.raises(TypeError, match="colour"):
        chapters(tmp_path)
