"""Which meetings, suggestions, abstentions and exemptions somebody may see, and what stands on the pages."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import HeldAs, Person
from openintegriteit.registers.abstentions.law import OFFICIALS, ExemptionLaw, Law, law_of
from openintegriteit.registers.abstentions.models import (
    Abstention,
    AbstentionQuerySet,
    Exemption,
    ExemptionQuerySet,
    Meeting,
    MeetingBody,
    MeetingQuerySet,
    Subject,
    Suggestion,
)
from openintegriteit.registers.abstentions.permissions import POLICY, bodies_to, kinds_to
from openintegriteit.registers.designations.queries import designated

SOON = timedelta(days=21)  # from then on a member is asked to look
MOST_OWN_MEETINGS = 50


@dataclass(frozen=True, slots=True)
class Seats:
    """The rows of the list of people that are an actor's own, and in whose meetings each of them takes part."""

    people: tuple[tuple[Person, frozenset[MeetingBody]], ...]

    @property
    def bodies(self) -> frozenset[MeetingBody]:
        """In whose meetings the actor takes part."""
        return frozenset(body for _person, sits_in in self.people for body in sits_in)

    @property
    def keys(self) -> frozenset[UUID]:
        """The keys of the actor's own rows."""
        return frozenset(person.pk for person, _sits_in in self.people)

    def person_in(self, body: str) -> Person | None:
        """As whom the actor takes part in the meetings of this body; None: not at all."""
        return next((person for person, sits_in in self.people if body in sits_in), None)


def seats_of(actor: Actor, organisation_kind: str, day: date) -> Seats:
    """Where the actor sits on the day, by the list of people (one query; none for who is no member by role)."""
    if not POLICY.allows(actor, "attend"):
        return Seats(())
    law = law_of(organisation_kind)
    here = (person for person in own_people(actor) if _is_here(person, day))
    return Seats(tuple((person, law.sits_in(person.kind)) for person in here))


def _is_here(person: Person, day: date) -> bool:
    begun = person.started_on is None or person.started_on <= day
    return begun and not person.has_left_by(day)


def visible_meetings(actor: Actor, seats: Seats) -> MeetingQuerySet:
    """The meetings that somebody may open: those that their role reads, and those in which they sit."""
    rows: MeetingQuerySet = Meeting.objects.filter(body__in={*bodies_to("view", actor), *seats.bodies})
    return rows


def kept_meetings(actor: Actor) -> MeetingQuerySet:
    """The meetings that the actor keeps."""
    rows: MeetingQuerySet = Meeting.objects.filter(body__in=bodies_to("keep", actor))
    return rows


def with_counts(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with how many subjects they have, how many suggestions are open and how many people abstain."""
    suggestions = Suggestion.objects.open().filter(subject__meeting=OuterRef("pk"))
    abstentions = Abstention.objects.standing().filter(subject__meeting=OuterRef("pk"))
    return rows.annotate(
        subject_count=_number(Subject.objects.filter(meeting=OuterRef("pk")), "meeting"),
        open_suggestions=_number(suggestions, "subject__meeting"),
        abstention_count=_number(abstentions, "subject__meeting"),
    )


def _number(rows: QuerySet[Any], of: str) -> Coalesce:
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject with what the reader may see of it. `is_own`: the reader abstains from it."""

    subject: Subject
    suggestions: tuple[Suggestion, ...]
    abstentions: tuple[Abstention, ...]
    is_own: bool

    @property
    def asking(self) -> frozenset[UUID]:
        """The keys of the suggestions that still ask somebody to look."""
        left = {row.person_id for row in self.abstentions}
        return frozenset(row.pk for row in self.suggestions if row.dismissed_on is None and row.person_id not in left)


def subject_lines(meeting: Meeting, *, own: frozenset[UUID], keeps: bool, views: bool) -> list[SubjectLine]:
    """The subjects in their order (three queries).

    Who keeps the meeting sees every suggestion, others their own. Who may view it sees every abstention.
    """
    suggested = Suggestion.objects.filter(subject__meeting=meeting).select_related("person", "declaration")
    if not keeps:
        suggested = suggested.filter(person__in=own)
    left = Abstention.objects.standing().filter(subject__meeting=meeting).select_related("person")
    if not views:
        left = left.filter(person__in=own)
    suggestions: dict[UUID, list[Suggestion]] = {}
    for suggestion in suggested.order_by("person__family_name", "person__given_name", "id"):
        suggestions.setdefault(suggestion.subject_id, []).append(suggestion)
    abstentions: dict[UUID, list[Abstention]] = {}
    for abstention in left.order_by("person__family_name", "person__given_name", "id"):
        abstentions.setdefault(abstention.subject_id, []).append(abstention)
    return [
        SubjectLine(
            subject,
            tuple(suggestions.get(subject.pk, ())),
            tuple(abstentions.get(subject.pk, ())),
            any(row.person_id in own for row in abstentions.get(subject.pk, ())),
        )
        for subject in meeting.subjects.all()
    ]


def own_suggestions(seats: Seats, day: date) -> QuerySet[Suggestion]:
    """What the person themselves may want to look at before the meetings of the coming weeks."""
    rows: QuerySet[Suggestion] = Suggestion.objects.open().filter(
        person__in=seats.keys,
        subject__meeting__called_off_on__isnull=True,
        subject__meeting__concluded_on__isnull=True,
        subject__meeting__held_on__range=(day, day + SOON),
    )
    return rows


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A coming meeting in which somebody takes part, with how much they may still want to look at."""

    meeting: Meeting
    to_look_at: int


def own_meetings(seats: Seats, day: date) -> list[OwnMeeting]:
    """The meetings to come in which somebody takes part, the first day first, at most fifty (two queries)."""
    rows = Meeting.objects.coming(day).filter(body__in=seats.bodies).order_by("held_on", "starts_at", "id")
    coming = list(rows[:MOST_OWN_MEETINGS])
    open_ones = Suggestion.objects.open().filter(person__in=seats.keys, subject__meeting__in=coming)
    numbers = dict(open_ones.order_by().values_list("subject__meeting").annotate(number=Count("pk")))
    return [OwnMeeting(meeting, numbers.get(meeting.pk, 0)) for meeting in coming]


def visible_abstentions(actor: Actor) -> AbstentionQuerySet:
    """The abstentions that the roles of somebody let them read, also those that were withdrawn."""
    rows: AbstentionQuerySet = Abstention.objects.filter(subject__meeting__body__in=bodies_to("view", actor))
    return rows


def readable_abstentions(actor: Actor, seats: Seats) -> AbstentionQuerySet:
    """The same, and one's own."""
    rows: AbstentionQuerySet = Abstention.objects.filter(
        Q(subject__meeting__body__in=bodies_to("view", actor)) | Q(person__in=seats.keys)
    )
    return rows


def readable_suggestions(actor: Actor, seats: Seats) -> QuerySet[Suggestion]:
    """The suggestions about meetings that the actor keeps, and one's own."""
    rows: QuerySet[Suggestion] = Suggestion.objects.filter(
        Q(subject__meeting__body__in=bodies_to("keep", actor)) | Q(person__in=seats.keys)
    )
    return rows


def exemptions_to(action: str, actor: Actor) -> ExemptionQuerySet:
    """The exemptions that the actor may "view" or "keep"."""
    rows: ExemptionQuerySet = Exemption.objects.filter(person__kind__in=kinds_to(action, actor))
    return rows


def may_keep(actor: Actor, person: Person) -> bool:
    """Whether the actor keeps the exemptions of a person, never their own (one query)."""
    return person.kind in kinds_to("keep", actor) and person not in own_people(actor)


def may_record(actor: Actor, person: Person) -> bool:
    """Whether the actor records a new one (two queries).

    Of officials only of who holds the position of the secretary or the clerk today.
    """
    designated_ones = designated("is_secretary_or_clerk", today())
    is_meant = person.kind not in OFFICIALS or designated_ones.filter(person=person).exists()
    return is_meant and may_keep(actor, person)


def exemption_laws(law: Law, person: Person) -> tuple[ExemptionLaw, ...]:
    """By which articles somebody can get an exemption: for the own office, and for the chair's (at most one query).

    The second of who stands in at any time, Gemeentewet 80 with 69(1) and Provinciewet 78 with 68(1).
    """
    own = law.exemptions.get(person.kind)
    stands_in = law.stands_in if person.mandates.filter(held_as=HeldAs.STANDS_IN).exists() else None
    return tuple(one for one in (own, stands_in) if one)


def meeting_address(identifier: UUID) -> str:
    """The page of a meeting."""
    return reverse("abstentions:meeting", args=[identifier])


def abstention_address(identifier: UUID) -> str:
    """The page of an abstention."""
    return reverse("abstentions:abstention", args=[identifier])


def exemption_address(identifier: UUID) -> str:
    """The page of an exemption."""
    return reverse("abstentions:exemption", args=[identifier])
