"""Which norms are due for review."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.policy.models import ObligationAnswer, Regulation
from openintegriteit.policy.obligations import obligation_address, obligation_label
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import regulation_address

AHEAD = timedelta(days=60)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Regulations and answers to obligations to be reviewed within sixty days, at most fifty of each (two queries).

    Nothing for who may not change them.
    """
    if not POLICY.allows(actor, "change"):
        return []
    return [*_regulations(today), *_answers(today)]


def _answers(today: date) -> list[DueItem]:
    rows = ObligationAnswer.objects.due_for_review(today + AHEAD).order_by("review_due_on")[:MOST]
    return [
        DueItem(
            title=_("Look again at an obligation: %(obligation)s") % {"obligation": obligation_label(row.obligation)},
            detail=row.owner,
            due_on=row.review_due_on,
            address=obligation_address(row.obligation),
            action=_("View"),
            kind="obligation",
        )
        for row in rows
    ]


def _regulations(today: date) -> list[DueItem]:
    rows = Regulation.objects.due_for_review(today + AHEAD).order_by("review_due_on", "title")[:MOST]
    return [
        DueItem(
            title=row.title,
            detail=_("Look whether the text still fits, and plan a new version where it does not."),
            due_on=row.review_due_on,
            address=regulation_address(row.pk),
            action=_("View"),
            kind="regulation",
        )
        for row in rows
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """Regulations and answers to be reviewed within the days, both included, for who may see them (two queries).

    At most `most` of each.
    """
    if not POLICY.allows(actor, "view"):
        return []
    within, told = {"review_due_on__range": (first_day, last_day)}, _("to be reviewed by this day")
    regulations = Regulation.objects.filter(**within).order_by("review_due_on", "title")[:most]
    answers = ObligationAnswer.objects.filter(**within).order_by("review_due_on")[:most]
    return [
        *(
            CalendarItem(row.title, told, row.review_due_on, regulation_address(row.pk), "regulation")
            for row in regulations
        ),
        *(
            CalendarItem(
                obligation_label(row.obligation),
                told,
                row.review_due_on,
                obligation_address(row.obligation),
                "obligation",
            )
            for row in answers
        ),
    ]
