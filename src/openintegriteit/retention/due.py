"""What waits for somebody: a list to agree to, records past their term, and a hold to look at again."""

from datetime import date

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.retention.models import DestructionList, Hold, KindCount, ListState
from openintegriteit.retention.permissions import POLICY, sides_to

MOST = 50


def lists_to_agree_to(actor: Actor) -> list[DestructionList]:
    """The lists that wait for somebody else's agreement and that the actor may agree to, at most fifty (one query)."""
    sides = sides_to("approve", actor)
    if not sides:
        return []
    waiting = DestructionList.objects.of_sides(sides).filter(state=ListState.WAITING).order_by("number")[: 2 * MOST]
    others = [row for row in waiting if actor.identifier not in (str(row.drawn_up_by_id), str(row.first_by_id))]
    return others[:MOST]


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Lists to agree to, records past their term as counted last night, and holds past their day (three queries)."""
    if not POLICY.allows(actor, "view"):
        return []
    return [*_to_agree_to(actor), *_past_their_term(actor), *_to_look_at(actor, today)]


def _to_agree_to(actor: Actor) -> list[DueItem]:
    return [
        DueItem(
            title=str(row),
            detail=ngettext(
                "%(number)d record waits for your agreement to be destroyed",
                "%(number)d records wait for your agreement to be destroyed",
                row.records_in_all,
            )
            % {"number": row.records_in_all},
            due_on=None,
            address=reverse("retention:list", args=[row.pk]),
            action=_("View"),
            kind="retention",
        )
        for row in lists_to_agree_to(actor)
    ]


def _past_their_term(actor: Actor) -> list[DueItem]:
    if not (sides := sides_to("keep", actor)):
        return []
    of_both = Q() if len(sides) > 1 else Q(side=sides[0])
    number = KindCount.objects.filter(of_both).aggregate(due=Sum("due"))["due"] or 0
    if not number:
        return []
    return [
        DueItem(
            title=_("Destroy what is past its term"),
            detail=ngettext(
                "%(number)d record is past its retention term",
                "%(number)d records are past their retention term",
                number,
            )
            % {"number": number},
            due_on=None,
            address=reverse("retention:overview"),
            action=_("View"),
            kind="retention",
        )
    ]


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which somebody looks at a hold again, for who keeps them (one query; none for others)."""
    if not (sides := sides_to("keep", actor)):
        return []
    rows = Hold.objects.filter(side__in=sides, expected_until__range=(first_day, last_day))
    return [
        CalendarItem(
            title=_("Hold: %(what)s") % {"what": row.label},
            detail=_("Does this still have to be kept?"),
            day=row.expected_until,
            address=reverse("retention:hold_edit", args=[row.pk]),
            kind="retention",
            waiting=row.ended_on is None,
        )
        for row in rows.order_by("expected_until", "id")[:most]
    ]


def _to_look_at(actor: Actor, today: date) -> list[DueItem]:
    if not (sides := sides_to("keep", actor)):
        return []
    rows = Hold.objects.holding().filter(side__in=sides, expected_until__lt=today).order_by("expected_until", "id")
    return [
        DueItem(
            title=_("Hold: %(what)s") % {"what": row.label},
            detail=_("Does this still have to be kept?"),
            due_on=row.expected_until,
            address=reverse("retention:hold_edit", args=[row.pk]),
            action=_("View"),
            kind="retention",
        )
        for row in rows[:MOST]
    ]
