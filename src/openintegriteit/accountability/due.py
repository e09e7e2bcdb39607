"""What is due for the account: questions without an answer, and a report that has to go out."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.accountability.models import AnnualReport, CouncilQuestion, ReportStep, StepKind
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.queries_questions import question_address
from openintegriteit.accountability.sections import SECTIONS, office_names
from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor

REPORT_AHEAD = timedelta(days=60)
MOST_QUESTIONS = 20


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Unanswered questions, and reports that go to the representative body within sixty days (two queries)."""
    if not POLICY.allows(actor, "change"):
        return []
    unanswered = _with_term(CouncilQuestion.objects.unanswered()).select_related("measure", "organisation")
    questions = unanswered.order_by(F("term").asc(nulls_last=True), "received_on", "order")[:MOST_QUESTIONS]
    on_their_way = Q(council_on__range=(today, today + REPORT_AHEAD))
    gone = ReportStep.objects.filter(report=OuterRef("pk"), kind=StepKind.TO_REPRESENTATIVES)
    still_here = Q(is_open=True) | ~Exists(gone)
    going_out = AnnualReport.objects.filter(on_their_way, still_here).select_related("organisation")
    done = Q(texts__section__in=[kind.key for kind in SECTIONS]) & (Q(texts__ready=True) | Q(texts__left_out=True))
    reports = going_out.annotate(sections_done=Count("texts", filter=done))
    return [_report(report) for report in reports] + [_question(question) for question in questions]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """Days within the range on which a report goes out or an answer is due, for who may see it (two queries)."""
    if not POLICY.allows(actor, "view"):
        return []
    rows = AnnualReport.objects.filter(council_on__range=(first_day, last_day)).select_related("organisation")
    reports = [
        CalendarItem(
            title=_("Annual report %(year)d goes to %(who)s") % {"year": row.year, "who": _elected(row)},
            detail="",
            day=row.council_on,
            address=reverse("accountability:report", args=[row.year]),
            kind="report",
            waiting=False,
        )
        for row in rows.order_by("council_on")[:most]
    ]
    asked = _with_term(CouncilQuestion.objects.unanswered()).filter(term__range=(first_day, last_day))
    questions = asked.select_related("report", "organisation").order_by("term", "order")[:most]
    return sorted([*reports, *(_answer_due(row) for row in questions)], key=lambda item: item.day)[:most]


def _with_term(questions: Any) -> Any:
    """Each with the day on which its answer is due, `term`: its own, or for a part that of the whole question."""
    return questions.annotate(term=Coalesce("answer_due_on", "part_of__answer_due_on"))


def _answer_due(question: Any) -> CalendarItem:
    return CalendarItem(
        title=_("Answer due to a question of %(who)s") % {"who": _elected(question)},
        detail=Truncator(question.question).chars(120),
        day=question.term,
        address=question_address(question),
        kind="council_question",
        waiting=False,
    )


def _report(report: Any) -> DueItem:
    waiting = len(SECTIONS) - report.sections_done if report.is_open else 0
    not_ready = ngettext("%(number)d section is not ready yet.", "%(number)d sections are not ready yet.", waiting)
    return DueItem(
        title=_("Annual report %(year)d goes to %(who)s") % {"year": report.year, "who": _elected(report)},
        detail=not_ready % {"number": waiting} if waiting else _nothing_waits(report),
        due_on=report.council_on,
        address=reverse("accountability:report", args=[report.year]),
        action=_("Go to the report"),
        kind="report",
    )


def _nothing_waits(report: AnnualReport) -> str:
    if report.is_open:
        return _("Every section is ready.")
    return _("It has been adopted. Record that it was sent.")


def _question(question: Any) -> DueItem:
    about = _("Question about measure %(number)d") % {"number": question.measure.number} if question.measure else ""
    return DueItem(
        title=about or _("Question of %(who)s") % {"who": _elected(question)},
        detail=Truncator(question.question).chars(120),
        due_on=question.term,
        address=reverse("accountability:question_edit", args=[question.pk]),
        action=_("Answer"),
        kind="council_question",
    )


def _elected(record: AnnualReport | CouncilQuestion) -> str:
    """What the representative body of the record's organisation is called."""
    return str(office_names(record.organisation.kind)["representative_body"])
