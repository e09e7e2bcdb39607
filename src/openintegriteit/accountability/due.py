"""What is due for the account: questions without an answer, and a report that has to go out."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.core.contracts import DueItem
from openintegriteit.core.roles import Actor

REPORT_AHEAD = timedelta(days=60)
MOST_QUESTIONS = 20


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Unanswered questions, and reports that go to the representative body within sixty days (two queries)."""
    if not POLICY.allows(actor, "change"):
        return []
    unanswered = CouncilQuestion.objects.filter(answer="", not_applicable=False, same_answer_as=None)
    questions = unanswered.select_related("measure").order_by("received_on", "order")[:MOST_QUESTIONS]
    reports = AnnualReport.objects.filter(council_on__range=(today, today + REPORT_AHEAD))
    return [_report(report) for report in reports] + [_question(question) for question in questions]


def _report(report: AnnualReport) -> DueItem:
    return DueItem(
        title=_("Annual report %(year)d") % {"year": report.year},
        detail=_("The report goes to the representative body."),
        due_on=report.council_on,
        address=reverse("accountability:report", args=[report.year]),
        action=_("Go to the report"),
        kind="report",
    )


def _question(question: CouncilQuestion) -> DueItem:
    about = _("Question about measure %(number)d") % {"number": question.measure.number} if question.measure else ""
    return DueItem(
        title=about or _("Question of the representative body"),
        detail=Truncator(question.question).chars(120),
        due_on=None,
        address=reverse("accountability:question_edit", args=[question.pk]),
        action=_("Answer"),
        kind="council_question",
    )
