"""When, where and under which prefix of numbers the office does a deed."""

from dataclasses import dataclass

from app.schedule.actions_rota import Call


@dataclass(frozen=True)
class Office(Call):
    """`prefix` is that of the numbers of standards here."""

    prefix: str
