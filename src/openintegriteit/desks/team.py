"""The manager's desk: the own people as the list of people records them, their measures, and how far they answered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Window

from openintegriteit.campaigns.models import Ask, Campaign, Invitee
from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.contracts import DueItem
from openintegriteit.core.roles import Actor, Role
from openintegriteit.figures.disclosure import protect
from openintegriteit.identity.queries import holders_of
from openintegriteit.organisations.lines import line_of
from openintegriteit.organisations.models import Person, PersonQuerySet
from openintegriteit.programme.models import Measure
from openintegriteit.registers.declarations import due as declarations_due
from openintegriteit.registers.rounds.queries import team_address

SHOWN = 10


@dataclass(frozen=True, slots=True)
class UnitOfTeam:
    """How many of the team work in a unit ("": in none)."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class TeamAsked:
    """How far the team is with what it is asked; `answered` None: telling it would tell of single people.

    `names_at`: the page on which the manager sees who of their own people have declared; empty: none.
    """

    title: str
    answer_before: date
    asked: int
    answered: int | None
    names_at: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """All that the desk shows. `people` 0: the person leads nobody, and `contacts` know why."""

    is_listed: bool  # whether the address of the account stands in the list of people
    people: int
    units: tuple[UnitOfTeam, ...]
    measures: tuple[Measure, ...]  # the open ones, the first day first
    open_measures: int
    late_measures: int
    asked: tuple[TeamAsked, ...]
    contacts: tuple[tuple[str, str], ...]
    declarations: tuple[DueItem, ...] = ()  # of the team, or of that of who they stand in for


def team_desk(actor: Actor, day: date) -> Team:
    """The desk on a day, in nine queries, however many people there are; two more for who stands in for somebody.

    One less for who leads nobody, one more outside `looking_once`.

    Who leads whom is what the list of people says: everybody whose manager is the actor, and everybody below them.
    Somebody who has left leads nobody any more, but for the people below them stays a step on the way.
    """
    own = [person.pk for person in own_people(actor) if not person.has_left_by(day)]
    managers = line_of(own).leaders
    team = Person.objects.present_on(day).filter(manager__among=managers).exclude(pk__in=own)
    units = tuple(
        UnitOfTeam(name or "", number)
        for name, number in team.order_by("unit__name").values_list("unit__name").annotate(number=Count("pk"))
    )
    if not units:
        contacts = holders_of(Role.HR, Role.FUNCTIONAL_ADMINISTRATOR)
        return Team(bool(own), 0, (), (), 0, 0, (), tuple(contacts), _declarations(actor, day))
    owned = Measure.objects.open().filter(
        owner_person__isnull=False
    )  # few of all, which the database finds by themselves
    measures = owned.filter(Q(owner_person__in=own) | Exists(team.filter(pk=OuterRef("owner_person"))))
    # Counted in the same query: to tell the database of a thousand leaders takes it longer than to find the measures.
    counted = {"in_all": Window(Count("pk")), "late": Window(Count("pk", filter=Q(due_on__lt=day)))}
    first_measures = tuple(measures.annotate(**counted).order_by(F("due_on").asc(nulls_last=True), "number")[:SHOWN])
    return Team(
        is_listed=True,
        people=sum(unit.people for unit in units),
        units=units,
        measures=first_measures,
        open_measures=first_measures[0].in_all if first_measures else 0,
        late_measures=first_measures[0].late if first_measures else 0,
        asked=_asked(team),
        contacts=(),
        declarations=_declarations(actor, day),
    )


def _declarations(actor: Actor, day: date) -> tuple[DueItem, ...]:
    return tuple(declarations_due.due_items(actor, day)[:SHOWN])


def _asked(team: PersonQuerySet) -> tuple[TeamAsked, ...]:
    """Per open campaign how many of the team were asked and have answered, without telling of fewer than five."""
    rows = (
        Invitee.objects.filter(campaign__in=Campaign.objects.answerable(), person__in=team)
        .order_by("campaign__answer_before", "campaign__title")
        .values_list("campaign", "campaign__asks", "campaign__title", "campaign__answer_before")
        .annotate(asked=Count("pk"), answered=Count("answered_at"))
    )
    return tuple(
        TeamAsked(title, answer_before, asked, _told(asked, answered), team_address(key) if asks == Ask.DECLARE else "")
        for key, asks, title, answer_before, asked, answered in rows
    )


def _told(asked: int, answered: int) -> int | None:
    protected = protect({("answered",): answered, ("waiting",): asked - answered})
    return protected.cells[("answered",)] if protected.safe else None
