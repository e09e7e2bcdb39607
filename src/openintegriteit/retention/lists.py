"""Drawing up a destruction list, agreeing to it, and taking it back: permission, change and log entry together.

Three people do it: who keeps the records draws the list up, and two others agree. Two accounts of one mail box are one
person, and the database refuses the same account or address a second time.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import user_of
from openintegriteit.retention.counting import count
from openintegriteit.retention.models import DestructionList, Fate, ListedRecord, ListState, RetentionRule
from openintegriteit.retention.operations import one_at_a_time
from openintegriteit.retention.permissions import POLICY
from openintegriteit.retention.queries import Kinds, not_held, not_needed, off_lists, over, rules_on
from openintegriteit.retention.rules import address_of_person, kept_until

MOST_ON_A_LIST = 2000  # what two people can look through, and a page can show
BATCH = 500


class Refused(Exception):
    """Drawing up or agreeing that a rule forbids. The message is translated and says why."""


class NothingDue(Exception):
    """No record of these kinds is due, so there is nothing to put on a list."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who draws up or agrees: the account, and the address by which two accounts of one person are one."""

    user: User
    address: str

    def is_one_of(self, *others: tuple[UUID | None, str]) -> bool:
        """Whether the same account or the same mail box did something before."""
        return any(self.user.pk == key or self.address == address for key, address in others)


def signer_of(actor: Actor) -> Signer:
    """The person behind the actor. Raises Refused for the console and for programs: nobody could be held to it."""
    user = user_of(actor)
    if user is None:
        raise Refused(_("Only somebody with an account can do this."))
    return Signer(user, address_of_person(user.email))


@transaction.atomic
def draw_up(*, actor: Actor, identifier: UUID, side: str, keys: Collection[str], kinds: Kinds) -> DestructionList:
    """Put the records of these kinds that are due today on a list; the same key twice makes one.

    What a hold keeps, what something else needs and what stands on another open list is left out. At most
    `MOST_ON_A_LIST`, of each kind those first whose term was over first. Raises NothingDue, Refused, and
    PermissionDenied for who does not keep the records of the side.
    """
    POLICY.require(actor, f"keep_{side}")
    signer = signer_of(actor)
    one_at_a_time(body_of(actor))
    existing: DestructionList | None = DestructionList.objects.filter(pk=identifier).first()
    if existing:
        return existing
    rules = rules_on(today())
    chosen = {key: kinds[key] for key in keys if kinds[key].side == side and key in rules}
    number = (DestructionList.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    made = DestructionList(
        pk=identifier,
        organisation_id=body_of(actor),
        number=number,
        side=side,
        drawn_up_on=today(),
        drawn_up_by=signer.user,
        drawn_up_address=signer.address,
        drawn_up_name=actor.label,
    )
    with translation.override(settings.LANGUAGE_CODE):
        rows = list(islice(_records(made, chosen, rules, today()), MOST_ON_A_LIST))
    if not rows:
        raise NothingDue
    made.records_in_all = len(rows)
    made.save(force_insert=True)
    ListedRecord.objects.bulk_create(rows, batch_size=BATCH)
    record(actor=actor, action="destruction_list.drawn_up", subject=made, details={"records": len(rows)})
    count(chosen.values())
    return made


def _records(
    made: DestructionList, chosen: Kinds, rules: dict[str, RetentionRule], day: date
) -> Iterator[ListedRecord]:
    for key, kind in chosen.items():
        rule = rules[key]
        due = off_lists(not_needed(not_held(over(kind, rule, day), kind), kind), kind)
        if kind.person and "__" not in kind.person:
            due = due.annotate(person_listed=F(kind.person))
        for row in due.order_by("began", "pk")[:MOST_ON_A_LIST]:
            yield ListedRecord(
                organisation_id=made.organisation_id,
                on_list=made,
                kind=key,
                record=row.pk,
                words=kind.words(row)[:300],
                person=getattr(row, "person_listed", None),
                rule=rule,
                began=row.began,
                kept_until=kept_until(row.began, rule.months or 0),
                mark=kind.mark(row),
            )


@transaction.atomic
def agree(*, actor: Actor, destruction_list: DestructionList) -> DestructionList:
    """Agree that the records of a list are destroyed; after the second person the worker begins.

    One at a time: the row is locked. Raises Refused for who drew it up or agreed before, with this account or another
    of the same mail box, and for a list that waits no longer. PermissionDenied for other roles.
    """
    POLICY.require(actor, f"approve_{destruction_list.side}")
    signer = signer_of(actor)
    held = _locked(destruction_list)
    if held.state != ListState.WAITING:
        raise Refused(_("This list does not wait for agreement any more."))
    if signer.is_one_of(_now(held.drawn_up_by, held.drawn_up_address)) or signer.is_one_of(
        (held.drawn_up_by_id, held.drawn_up_address)
    ):
        raise Refused(_("You drew this list up. Two others have to agree."))
    if held.first_by is None:
        held.first_by, held.first_address = signer.user, signer.address
        held.first_name, held.first_on = actor.label, today()
    elif signer.is_one_of((held.first_by_id, held.first_address), _now(held.first_by, held.first_address)):
        raise Refused(_("You agreed already. Somebody else has to agree as well."))
    else:
        held.second_by, held.second_address = signer.user, signer.address
        held.second_name, held.second_on = actor.label, today()
        held.state = ListState.APPROVED
    names = ("by", "address", "name", "on")
    fields = [f"{which}_{name}" for which in ("first", "second") for name in names]
    save_if_unchanged(held, expected_version=held.version, fields=["state", *fields])
    record(actor=actor, action="destruction_list.agreed", subject=held)
    return held


def _now(user: User, address: str) -> tuple[UUID, str]:
    """The account with the address that it has by now, which may be another than it had then."""
    return user.pk, address_of_person(user.email) or address


@transaction.atomic
def take_back(*, actor: Actor, destruction_list: DestructionList, reason: str, kinds: Kinds) -> DestructionList:
    """Take a list back before the second person agreed, with the reason: its records stay. Twice does it once.

    For who may draw up or agree. Raises Refused once two people agreed.
    """
    if not POLICY.allows(actor, f"keep_{destruction_list.side}"):
        POLICY.require(actor, f"approve_{destruction_list.side}")
    held = _locked(destruction_list)
    if held.state == ListState.REFUSED:
        return held
    if held.state != ListState.WAITING:
        raise Refused(_("Two people agreed to this list, so it cannot be taken back. Set a hold to keep something."))
    held.state, held.refused_by, held.refused_because = ListState.REFUSED, actor.label, reason
    held.closed_on = today()
    save_if_unchanged(
        held, expected_version=held.version, fields=["state", "refused_by", "refused_because", "closed_on"]
    )
    ListedRecord.objects.waiting().filter(on_list=held).update(
        fate=Fate.TAKEN_BACK, person=None, handled_at=timezone.now()
    )
    record(actor=actor, action="destruction_list.taken_back", subject=held, details={"reason": reason})
    concerned = ListedRecord.objects.filter(on_list=held).order_by().values_list("kind", flat=True).distinct()
    count(kinds[kind] for kind in concerned)
    return held


def _locked(destruction_list: DestructionList) -> DestructionList:
    """The list as it is now. Without joins: after waiting, a database reads the locked row anew and no other."""
    held: DestructionList = DestructionList.objects.select_for_update().get(pk=destruction_list.pk)
    return held
