"""Which steps a revision changes for whoever works by it (rules TR-6)."""

from dataclasses import replace

from app.standards.rules import Edition, Step


def changed_steps(before: Edition, after: Edition) -> tuple[str, ...]:
    """Ids of steps that are new or ask something else than before; pictures and recordings do not count."""
    known = {step.id: _asked(step) for step in before.steps}
    return tuple(step.id for step in after.steps if known.get(step.id) != _asked(step))


def _asked(step: Step) -> Step:
    return replace(step, reference_photo=None, audio=None)
