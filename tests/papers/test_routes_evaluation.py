"""GR-11 and CT-7: a report over several months takes off what a month lost on average, and says so everywhere."""

from datetime import date
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from app.grades.rules_contract import Deduction, Event
from tests.support import builders
from tests.support.grading import frozen_sheet
from tests.support.sitting import signed_in
from tests.training.test_routes import page

LOST = (Deduction(Event.CRITICAL, 1, "f1"),)
HALF, DOCUMENT = "/reports/evaluation/unit/clean?month=2026-05&months=6", "/reports/evaluation/2026-05~6~clean"


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        builders.person("lou", "leader", "bureau")
        for month in range(5, 11):
            frozen_sheet(month=date(2026, month, 1), deductions=LOST)
    return app


def test_ct7_given_five_points_lost_in_each_of_six_months_when_read_then_the_period_scores_as_its_months(site):
    text = page(signed_in(site, "lou"), HALF)

    assert "95.00" in text and "70.00" not in text and text.count("优秀") == 7
    told = text.split('id="deducted"')[1].split("</p>")[0]
    assert "100.00" in told and "30.0" in told and "除以 6 个月" in told and "5.00" in told


def test_ct7_given_one_month_when_read_then_nothing_is_divided(site):
    text = page(signed_in(site, "lou"), "/reports/evaluation/unit/clean?month=2026-10")

    told = text.split('id="deducted"')[1].split("</p>")[0]
    assert "95.00" in text and "5.0" in told and "除以" not in told


def test_ct7_given_a_period_when_taken_as_pdf_and_word_then_both_say_the_division(site):
    client = signed_in(site, "lou")

    pdf = "".join(PdfReader(BytesIO(client.get(f"{DOCUMENT}.pdf").data)).pages[0].extract_text().split())
    word = words(client.get(f"{DOCUMENT}.docx").data)

    for text in (pdf, word):
        assert "期间得分95.00" in text and "扣分前100.00分" in text
        assert "合计30.0分，除以6个月，为5.00分" in text


def words(data):
    cells = [cell.text for table in docx.Document(BytesIO(data)).tables for row in table.rows for cell in row.cells]
    return "".join("".join(cells).split())
