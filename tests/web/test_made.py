"""Ids that pages made: any spelling of one comes out plain, anything else is a sentence at its field."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Invalid
from app.web.made import made_id


@given(st.uuids())
def test_given_any_id_when_read_then_it_comes_out_plain_however_it_was_spelt(one):
    for spelt in (str(one), str(one).upper(), one.hex, f"{{{one}}}", one.urn):
        assert made_id({"id": spelt}) == str(one)


@pytest.mark.parametrize("odd", ["", "x", "1" * 31, "١" * 32 + "x", "../" * 12])
def test_given_anything_else_when_read_then_its_field_says_so(odd):
    with pytest.raises(Invalid) as refused:
        made_id({"entry": odd}, "entry")

    assert list(refused.value.fields) == ["entry"]


def test_given_no_such_field_when_read_then_it_is_refused():
    with pytest.raises(Invalid):
        made_id({"other": str(UUID(int=1))})
