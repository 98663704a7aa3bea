"""Words of the trade that are content and not interface: heads of tables, units, values of facts."""

import json
from pathlib import Path
from typing import Any

TRADE: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
