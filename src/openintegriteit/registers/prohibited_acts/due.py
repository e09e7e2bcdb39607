"""Acts that go on while no exemption runs: for who keeps the register, and for whose act it is."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.contracts import DueItem
from openintegriteit.core.roles import Actor, Role
from openintegriteit.organisations.queries import body_in_scope
from openintegriteit.registers.declarations.permissions import regimes_to
from openintegriteit.registers.declarations.queries import declaration_address
from openintegriteit.registers.declarations.registers import kinds_under
from openintegriteit.registers.prohibited_acts.law import may_be_exempted
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct
from openintegriteit.registers.prohibited_acts.queries import without_exemption

MOST = 50
BOUND = (
    Role.ELECTED_MEMBER,
    Role.EXECUTIVE_MEMBER,
    Role.CHAIR,
    Role.AUDIT_COURT,
    Role.SECRETARY,
    Role.CLERK,
)


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What goes on without an exemption, of whom the actor records declarations for and of themselves; at most fifty.

    At most five queries; none for who keeps no register and is not concerned.
    """
    kinds = kinds_under(regimes_to("record", actor))
    is_bound = actor.has(*BOUND)
    if not kinds and not is_bound:
        return []
    whose = Q(declaration__person__kind__in=kinds)
    if is_bound:
        whose |= Q(declaration__person__in=own_people(actor))
    if not ProhibitedAct.objects.exists():  # as in most bodies, which need not be asked more
        return []
    rows = without_exemption(body_in_scope().kind, today).filter(whose)
    return [_item(act) for act in rows.order_by("declaration__declared_on", "pk")[:MOST]]


def _item(act: ProhibitedAct) -> DueItem:
    detail = (
        _("Declared by %(name)s, and no exemption runs. Record the exemption, or on what day it stops.")
        if may_be_exempted(act.act)
        else _("Declared by %(name)s, and nobody can grant an exemption. Record on what day it stops.")
    )
    return DueItem(
        title=act.declaration.title,
        detail=detail % {"name": act.declaration.person.full_name},
        due_on=None,
        address=declaration_address(act.declaration_id),
        action=_("View"),
        kind="declaration",
    )
