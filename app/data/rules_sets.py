"""All kinds of rows, in the order in which they are shown."""

from app.data.rules_answers import ANSWERS
from app.data.rules_fields import DataSet
from app.data.rules_figures import FIGURES
from app.data.rules_findings import FINDINGS
from app.data.rules_measures import MEASURED
from app.data.rules_points import POINTS
from app.data.rules_records import RECORDS

SETS: dict[str, DataSet] = {each.name: each for each in (RECORDS, ANSWERS, FINDINGS, POINTS, FIGURES, MEASURED)}
EXPORTED = ("records", "answers", "findings")
"""What a file of a period may hold."""
