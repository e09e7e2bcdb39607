"""Rules, lists and records that are due, for tests; call them within the scope of the body."""

import uuid
from datetime import date, timedelta
from typing import Any

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor, Role
from openintegriteit.desks.kept import KINDS
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.gifts.tests.factories import gift
from openintegriteit.retention import lists
from openintegriteit.retention.destroying import destroy_approved
from openintegriteit.retention.models import DestructionList, RetentionRule

GIFTS = "gifts_officials"
LONG_AGO = date(2010, 3, 31)


def rule(organisation: Organisation, kind: str = GIFTS, **values: Any) -> RetentionRule:
    """That a kind of record is kept for five years after the day on which it happened, as the executive decided."""
    given = {
        "in_force_from": date(2020, 1, 1),
        "keeps_for_ever": False,
        "start": "day" if "day" in KINDS[kind].starts else KINDS[kind].starts[0],
        "months": 60,
        "source": "Besluit bewaartermijnen",
        "adopted_by": "het college",
        "adopted_on": date(2019, 12, 1),
    }
    made: RetentionRule = RetentionRule.objects.create(organisation=organisation, kind=kind, **given | values)
    return made


def old_gift(organisation: Organisation, person: Person | None = None, **values: Any) -> Declaration:
    """A gift that was offered long ago to an official who works here."""
    given = {"starts_on": LONG_AGO, "declared_on": LONG_AGO} | values
    return gift(organisation, person or PersonFactory(organisation=organisation), **given).declaration


def acting(user: User, organisation: Organisation) -> Actor:
    """The account as who acts in the body, with the roles that it has now."""
    return actor_for(user, organisation.pk)


def somebody(organisation: Organisation, *roles: str) -> Actor:
    """Somebody with an account and these roles."""
    return acting(user_with_roles(organisation, *roles), organisation)


def drawn_up(organisation: Organisation, *keys: str, side: str = "officials", actor: Actor | None = None) -> Any:
    """A list of everything that is due of these kinds (of all of the side, where none is named)."""
    keeper = {"officials": Role.COORDINATOR, "office_holders": Role.CLERK}[side]
    return lists.draw_up(
        actor=actor or somebody(organisation, keeper),
        identifier=uuid.uuid4(),
        side=side,
        keys=keys or [key for key, kind in KINDS.items() if kind.side == side],
        kinds=KINDS,
    )


def agreed(organisation: Organisation, destruction_list: DestructionList) -> DestructionList:
    """The list after two others agreed."""
    for role in (Role.SECRETARY, Role.FUNCTIONAL_ADMINISTRATOR):
        lists.agree(actor=somebody(organisation, role), destruction_list=destruction_list)
    destruction_list.refresh_from_db()
    return destruction_list


def executed(organisation: Organisation, destruction_list: DestructionList) -> DestructionList:
    """The list after two others agreed and the worker came by."""
    agreed(organisation, destruction_list)
    destroy_approved(KINDS)
    destruction_list.refresh_from_db()
    return destruction_list


def yesterday() -> date:
    """The day before today."""
    return today() - timedelta(days=1)
