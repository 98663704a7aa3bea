"""Inserts of recorded steps."""

from typing import Any, cast

from sqlalchemy import Table, insert

from app.db import run
from app.standards.models import StepAudio

STEP_AUDIO = cast("Table", StepAudio.__table__)


def insert_step_audio(values: dict[str, Any]) -> None:
    """A recording, or the taking back of one."""
    run(insert(STEP_AUDIO).values(values))
