"""The report of a survey that has ended: everything that page, workbook and paper show, put together once."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.feedback.rules_ratings import Satisfaction
from app.surveys.queries import Head, Invitation, invitations_of, questions_of, survey_of
from app.surveys.queries_figures import by_department, by_topic, sealed, words_of
from app.surveys.rules import Question, State
from app.surveys.rules_figures import Line, Shown, beside, disclosed, total
from app.tallies.rules_rates import Rate


@dataclass(frozen=True)
class Report:
    """`lines` are the topics that may be shown, with the year before; `rated` is everything together."""

    head: Head
    questions: Sequence[Question]
    invited: Sequence[Invitation]
    rated: Satisfaction
    before: Rate | None
    returned_before: Rate | None
    lines: Sequence[Line]
    hidden_topics: int
    departments: Shown
    words: Sequence[str]
    sha256: str

    @property
    def satisfied(self) -> Rate:
        return Rate(self.rated.satisfied, self.rated.n)

    @property
    def strictly(self) -> Rate:
        return Rate(self.rated.strictly, self.rated.n)

    @property
    def small(self) -> bool:
        """Fewer than five answers in all: nothing is shown but how many came."""
        return not self.lines


def report_of(head: Head) -> Report:
    """Of a survey that has ended; the caller asks whether it has."""
    past = survey_of(head.year - 1)
    past = past if past and past.state is State.CLOSED else None
    topics, earlier = by_topic(head.id), by_topic(past.id) if past else []
    shown, shown_earlier = disclosed(topics), disclosed(earlier)
    rated, rated_before = total(topics), total(earlier)
    return Report(
        head=head,
        questions=questions_of(head.id),
        invited=invitations_of(head.id),
        rated=rated,
        before=Rate(rated_before.satisfied, rated_before.n) if shown_earlier.groups else None,
        returned_before=past.returned if past else None,
        lines=beside(shown.groups, shown_earlier.groups),
        hidden_topics=shown.hidden,
        departments=disclosed(by_department(head.id)),
        words=words_of(head.id) if shown.groups else [],
        sha256=sealed(head.id),
    )
