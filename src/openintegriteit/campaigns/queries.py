"""Reading about campaigns: who is in the group, who has not answered yet, and what is asked of somebody."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from openintegriteit.campaigns.models import Campaign, Invitee
from openintegriteit.core.once import looked_up_once
from openintegriteit.core.roles import Actor
from openintegriteit.identity.queries import address_of
from openintegriteit.messages.links import person_behind
from openintegriteit.organisations.models import Person, PersonKind, PersonQuerySet
from openintegriteit.organisations.queries import UnitTree

# Whom of a group the app that asks means on a day: it knows who holds a designated position, where this floor does not.
type Meant = Callable[[Campaign, date], Q]


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody reads: in plain words, in full (both as `prose` shows it), and where else it stands."""

    title: str
    popular_text: str
    text: str
    web_address: str


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many people a campaign asks, and how many of them have no mail address."""

    people: int
    without_address: int


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far the people of one unit are; the name is that of the day on which they were asked ("": of no unit)."""

    name: str
    asked: int
    answered: int

    @property
    def percentage(self) -> int:
        """How many of a hundred have answered, rounded down: a hundred means everybody."""
        return self.answered * 100 // self.asked if self.asked else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is, in all and per unit."""

    asked: int
    answered: int
    without_address: int
    units: tuple[UnitProgress, ...]

    @property
    def waiting(self) -> int:
        """How many have not answered yet."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class ClosedCampaign:
    """A campaign that was closed: how many were asked and how many have answered, exact."""

    title: str
    asks: str
    closed_on: date
    asked: int
    answered: int


def closed_within(first_day: date, last_day: date) -> list[ClosedCampaign]:
    """The campaigns that were closed on these days, both included, in the order of closing (one query)."""
    rows = with_numbers(Campaign.objects.filter(closed_on__range=(first_day, last_day)))
    ordered: QuerySet[Any] = rows.order_by("closed_on", "title")
    return [ClosedCampaign(row.title, row.asks, row.closed_on, row.asked, row.answered) for row in ordered]


def everybody(campaign: Campaign, day: date) -> Q:
    """For a campaign of which the app that asks leaves nobody out. Raises ValueError for another one."""
    if campaign.only_designated:
        raise ValueError("Who holds a designated position is known to the app that asks.")
    return Q()


def group_of(campaign: Campaign, day: date, meant: Meant = everybody) -> PersonQuerySet:
    """Everybody who is present on the day, as far as the rules of the campaign leave them (at most one query)."""
    there = Person.objects.present_on(day)
    people: PersonQuerySet = there.filter(meant(campaign, day), kind__in=campaign.asked_kinds)
    if campaign.units:
        people = people.filter(unit__in=_with_everything_under(campaign.units))
    if campaign.newcomers_since:
        people = people.filter(started_on__gte=campaign.newcomers_since)
    return people


def _with_everything_under(units: Iterable[str]) -> set[UUID]:
    tree = UnitTree()
    return {below for unit in units for below in tree.with_everything_under(UUID(unit))}


def group_size(campaign: Campaign, day: date, meant: Meant = everybody) -> GroupSize:
    """The size of the group as it is on the day (two queries)."""
    group = group_of(campaign, day, meant).order_by()
    counted = group.aggregate(in_all=Count("pk"), silent=Count("pk", filter=Q(email="")))
    return GroupSize(counted["in_all"], counted["silent"])


def rules_in_words(campaign: Campaign) -> tuple[list[str], list[str]]:
    """The kinds of people and the units that a campaign asks, by their names; empty: all (at most one query)."""
    labels = {str(kind): str(label) for kind, label in PersonKind.choices}
    chosen = set(campaign.units)
    names = [line.unit.name for line in UnitTree().lines() if str(line.unit.pk) in chosen] if chosen else []
    return [labels[kind] for kind in campaign.kinds if kind in labels], names


def progress_of(campaign: Campaign) -> Progress:
    """How many were asked and have answered, per unit by name, those without a unit last (one query)."""
    rows = (
        Invitee.objects.filter(campaign=campaign)
        .order_by()
        .values("unit_name")
        .annotate(asked=Count("*"), answered=Count("answered_at"), mailed=Count("invited_at"))
    )
    ordered = sorted(rows, key=lambda row: _in_order(row["unit_name"]))
    return Progress(
        asked=sum(row["asked"] for row in ordered),
        answered=sum(row["answered"] for row in ordered),
        without_address=sum(row["asked"] - row["mailed"] for row in ordered),
        units=tuple(UnitProgress(row["unit_name"], row["asked"], row["answered"]) for row in ordered),
    )


def unit_names_of(campaign: Campaign) -> list[str]:
    """The units of who was asked, by name, "" for who is in none last (one query)."""
    names = Invitee.objects.filter(campaign=campaign).order_by().values_list("unit_name", flat=True).distinct()
    return sorted(names, key=_in_order)


def _in_order(unit_name: str) -> tuple[bool, str]:
    return (unit_name == "", unit_name.casefold())


def with_numbers(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Campaigns with `asked` and `answered`, counted in the same query."""
    return campaigns.annotate(asked=Count("invitees"), answered=Count("invitees__answered_at"))


def campaigns_about(kind: str, key: UUID) -> list[Campaign]:
    """The campaigns about a thing, newest first, with `asked` and `answered` (one query)."""
    return list(with_numbers(Campaign.objects.filter(subject_kind=kind, subject_key=key)))


@looked_up_once
def own_people(actor: Actor) -> tuple[Person, ...]:
    """The rows of the list of people that are the actor's (one query).

    Of who has an account: those with its mail address. Of who came by a link: the one whose link it is.
    """
    if person := person_behind(actor):
        return tuple(Person.objects.filter(pk=person))
    return tuple(Person.objects.filter(email_lower=address_of(actor)))


def asked_of(people: Sequence[Person]) -> list[Invitee]:
    """What is asked of these people now and not answered yet, the first day first (one query)."""
    rows = Invitee.objects.waiting().filter(person__in=people, campaign__in=Campaign.objects.answerable())
    return list(rows.select_related("campaign", "person").order_by(F("campaign__answer_before"), "pk"))


def invitee_behind(person_id: UUID, campaign_id: UUID) -> Invitee | None:
    """Whom a link belongs to, with the campaign; None when either is gone (one query)."""
    rows = Invitee.objects.select_related("campaign", "person")
    found: Invitee | None = rows.filter(person=person_id, campaign=campaign_id).first()
    return found


def campaign_address(identifier: UUID) -> str:
    """The page of a campaign."""
    return reverse("campaign", args=[identifier])
