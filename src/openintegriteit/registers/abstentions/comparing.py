"""Laying the subjects of coming meetings beside what the members declared, and keeping what looks alike."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor, program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation, Person, PersonQuerySet
from openintegriteit.registers.abstentions.law import law_of
from openintegriteit.registers.abstentions.models import Meeting, Suggestion
from openintegriteit.registers.abstentions.rules import Declared, likenesses, words_of
from openintegriteit.registers.declarations.models import Declaration, Regime, RegisterKey

AHEAD = timedelta(days=90)  # agendas of later meetings still change
GIFTS_MATTER_FOR = timedelta(days=4 * 365)  # about one term of office
LONGEST_WORDS = 300
logger = structlog.get_logger("openintegriteit.abstentions")


def members_on(body: str, organisation_kind: str, day: date) -> PersonQuerySet:
    """Who sits in the representative body or the executive on a day, by the list of people."""
    members = law_of(organisation_kind).body(body).members
    rows: PersonQuerySet = Person.objects.present_on(day).filter(kind__in=members)
    return rows


def declared_by(people: PersonQuerySet, day: date) -> list[Declared]:
    """The names in what these people declared as office holders and what holds on the day (one query).

    Of outside positions the organisation, of interests what it is and the company or place, of gifts who offered them
    in the four years before, of prohibited acts what it is about and with whom. What anybody declared as an official is
    never read here.
    """
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    lasting = ~Q(register=RegisterKey.GIFTS) & begun & not_over
    offered = Q(register=RegisterKey.GIFTS, starts_on__range=(day - GIFTS_MATTER_FOR, day))
    rows = Declaration.objects.filter(
        lasting | offered, regime=Regime.OFFICE_HOLDERS, withdrawn_on__isnull=True, person__in=people
    )
    told = rows.order_by().values_list(
        "pk",
        "person",
        "outside_position__where",
        "financial_interest__where",
        "financial_interest__what",
        "gift__giver_organisation",
        "gift__giver_person",
        "prohibited_act__with_whom",
        "prohibited_act__about",
    )
    return [declared for row in told for declared in _names(*row)]


def _names(
    declaration: UUID,
    person: UUID,
    position: str | None,
    place: str | None,
    interest: str | None,
    organisation: str | None,
    giver: str | None,
    with_whom: str | None,
    act: str | None,
) -> Iterator[Declared]:
    for name in (position, place, organisation, giver, with_whom):
        if name:
            yield Declared(declaration, person, name)
    for name in (interest, act):
        if name:
            yield Declared(declaration, person, name, whole=False)


@transaction.atomic
def compare(meeting: Meeting, *, actor: Actor, organisation: Organisation) -> int:
    """Lay the subjects of a meeting beside the declarations anew; returns how many suggestions are new.

    What does not look alike any more goes, unless somebody put it aside with a reason. Nothing happens for a meeting
    that was held, was called off, or of which the record is complete. An entry is written when something changed.
    """
    held: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.called_off_on or held.concluded_on or held.held_on < today():
        return 0
    members = members_on(held.body, organisation.kind, held.held_on)
    found = {
        (likeness.subject, likeness.declaration): likeness
        for likeness in likenesses(
            held.subjects.values_list("pk", "title"),
            declared_by(members, held.held_on),
            frozenset(words_of(organisation.name)),
        )
    }
    known = {(row.subject_id, row.declaration_id): row for row in Suggestion.objects.filter(subject__meeting=held)}
    gone = [row.pk for key, row in known.items() if key not in found and row.dismissed_on is None]
    Suggestion.objects.filter(pk__in=gone).delete()
    new = [
        Suggestion(
            organisation_id=held.organisation_id,
            subject_id=likeness.subject,
            person_id=likeness.person,
            declaration_id=likeness.declaration,
            words=_told(likeness.words),
        )
        for key, likeness in found.items()
        if key not in known
    ]
    Suggestion.objects.bulk_create(new)
    for key, row in known.items():
        if key in found and row.words != (words := _told(found[key].words)):
            Suggestion.objects.filter(pk=row.pk).update(words=words)
    Meeting.objects.filter(pk=held.pk).update(compared_at=timezone.now())
    if new or gone:
        details = {"added": len(new), "removed": len(gone)}
        record(actor=actor, action="meeting.compared", subject=held, details=details)
    return len(new)


def _told(words: Iterable[str]) -> str:
    return ", ".join(words)[:LONGEST_WORDS]


def compare_all() -> int:
    """Do so for the meetings of the coming three months of every body; returns how many suggestions are new.

    The worker does it every hour, so that what was declared since is found too. One meeting that fails is logged and
    does not keep the others waiting.
    """
    new = 0
    for organisation in Organisation.objects.all():
        with organisation_scope(organisation.pk):
            coming = Meeting.objects.coming(today()).filter(held_on__lte=today() + AHEAD, concluded_on__isnull=True)
            for meeting in coming:
                try:
                    new += compare(meeting, actor=program_actor(organisation.pk), organisation=organisation)
                except Exception:
                    logger.exception("meeting not compared", meeting=str(meeting.pk))
    return new
