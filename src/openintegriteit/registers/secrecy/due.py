"""What has to be done about imposed secrecy, for who keeps it: what the law asks, and what to look at again."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.queries import body_in_scope
from openintegriteit.registers.secrecy.law import Law, law_of
from openintegriteit.registers.secrecy.models import ImposedSecrecy, Organ
from openintegriteit.registers.secrecy.permissions import POLICY
from openintegriteit.registers.secrecy.queries import secrecy_address, secrecy_to

AHEAD = timedelta(days=30)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What the law asks of what runs, and what is to be looked at again within thirty days; at most fifty.

    Two queries; none for who keeps none. The subject stays on the page itself.
    """
    if not POLICY.allows(actor, "keep"):
        return []
    law = law_of(body_in_scope().kind)
    given_too = Q(given_to_committee_on__isnull=False, given_on__isnull=True)
    asking = Q(marked_on__isnull=True) | Q(review_on__lte=today + AHEAD) | given_too
    if law.lapsing:
        asking |= Q(given_on__isnull=False, is_confirmed=False)
    rows = secrecy_to("keep", actor).running(today).filter(asking)
    return [_item(row, law) for row in rows.order_by("imposed_on", "id")[:MOST]]


def _item(row: ImposedSecrecy, law: Law) -> DueItem:
    organ = law.name_of(Organ.REPRESENTATIVE)
    if row.is_to_be_given_too:
        told = {"organ": organ, "article": law.giving_too}
        detail, due_on = _("Give it to %(organ)s too (%(article)s).") % told, row.given_to_committee_on
    elif law.lapsing and row.given_on and not row.is_confirmed:
        told = {"organ": organ, "article": law.lapsing}
        detail = _("It lapses unless %(organ)s confirms it in the next meeting (%(article)s).") % told
        due_on = row.meeting_on
    elif row.marked_on:
        detail, due_on = _("Look whether it is still needed."), row.review_on
    else:
        detail, due_on = _("It is not recorded how this was marked as secret or told."), row.imposed_on
    return DueItem(
        title=_("Secrecy: %(what)s") % {"what": row},
        detail=detail,
        due_on=due_on,
        address=secrecy_address(row.pk),
        action=_("View"),
        kind="declaration",
    )


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The days on which imposed secrecy is looked at again (two queries; none for who may read none).

    Where it lapses unless it is confirmed, also the days on which that can be done (one query more).
    """
    if not POLICY.allows(actor, "view"):
        return []
    standing = secrecy_to("view", actor).standing()
    days = [("review_on", _("Look whether it is still needed."))]
    if law_of(body_in_scope().kind).lapsing:
        days.append(("meeting_on", _("It lapses unless it is confirmed.")))
    return [
        CalendarItem(
            title=_("Secrecy: %(what)s") % {"what": row},
            detail=detail,
            day=getattr(row, name),
            address=secrecy_address(row.pk),
            kind="declaration",
            waiting=row.lifted_on is None and not (name == "meeting_on" and row.is_confirmed),
        )
        for name, detail in days
        for row in standing.filter(**{f"{name}__range": (first_day, last_day)}).order_by(name, "id")[:most]
    ]
