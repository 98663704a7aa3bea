"""Why a standard should change, in sentences made from its figures: the beginning of an application (rules FM-4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.learning.rules import OPEN, Suggestion
from app.learning.rules_figures import StepSums, Windows
from app.tallies.rules_rates import Rate
from app.web.words import _


def reasons(
    windows: Windows, steps: tuple[Iterable[StepSums], Iterable[StepSums]], said: Iterable[Suggestion],
    titles: Mapping[str, str], days: int,
) -> str:  # fmt: skip
    """One sentence a line, `steps` those that fail and those that are skipped; the person goes on from there."""
    failing, skipped = steps
    lines = [_("Of the last %(days)d days: %(done)d of %(due)d done.", days=days, done=windows.done, due=windows.due)]
    lines += [
        _("%(step)s fails in %(n)d of %(total)d answers.", **_figure(each, titles, each.fails)) for each in failing
    ]
    lines += [
        _("%(step)s does not apply in %(n)d of %(total)d answers.", **_figure(each, titles, each.skips))
        for each in skipped
    ]
    if count := sum(each.standing in OPEN for each in said):
        lines.append(_("Suggestions by those who do the work: %(n)d.", n=count))
    return "\n".join(lines)


def _figure(each: StepSums, titles: Mapping[str, str], rate: Rate) -> dict[str, object]:
    step = f"{each.step_id} {titles.get(each.step_id, '')}".strip()
    return {"step": step, "n": rate.numerator, "total": rate.denominator}
