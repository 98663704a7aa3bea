"""Builders of trades on duty and repair orders; call inside an app context."""

import itertools
import uuid
from datetime import datetime
from typing import Any

from app.repairs.models import RepairOrder, RepairTrade, Shortage
from tests.support.builders import NOW, kept, org, person

_numbers = itertools.count(1)


def trade(trade_id: str = "general", org_id: str = "fix", **values: Any) -> str:
    defaults = {"name": f"工种{trade_id}", "name_en": trade_id, "point_kinds": [], "words": []}
    return kept(RepairTrade, id=trade_id, org_id=org_id, **(defaults | values))


def trades_of_small_world() -> None:
    """The unit fix repairs: Eli for water and electricity; Guy stands beside."""
    org("fix", "/bureau/care/", "contractor")
    person("eli", "worker", "fix")
    person("guy", "crew_leader", "fix")
    trade("electricity", words=["灯", "电"], name="电工", position=1)
    trade("water", words=["水"], point_kinds=["restroom"], name="水暖", position=2)
    trade("general", point_kinds=["*"], name="综合维修", position=3)


def order(point_id: str = "p1", **values: Any) -> str:
    """An open order for electricity."""
    number = next(_numbers)
    defaults = {
        "id": str(uuid.UUID(int=4000 + number, version=4)),
        "number": f"BX-{number:07}",
        "trade_id": "electricity",
        "org_id": "fix",
        "implementer_id": "clean",
        "responsible_id": "care",
        "fault": f"JGSW05003.01/S{number:02}",
        "open_key": f"{point_id}/{number}",
        "text": "灯不亮",
        "state": "open",
        "opened_at": NOW,
        "opened_by_id": "ann",
        "reopened": 0,
    }
    made = defaults | values
    kept(RepairOrder, point_id=point_id, **made)
    return str(made["id"])


def shortage(point_id: str = "p1", at: datetime = NOW, **values: Any) -> str:
    """Something missing, not delivered yet."""
    number = next(_numbers)
    defaults = {
        "id": str(uuid.UUID(int=5000 + number, version=4)),
        "implementer_id": "clean",
        "responsible_id": "care",
        "open_key": f"{point_id}/{number}",
        "text": "没有纸",
        "times": 1,
        "noted_at": at,
        "noted_by_id": "ann",
    }
    made = defaults | values
    kept(Shortage, point_id=point_id, **made)
    return str(made["id"])
