"""Who may read and decide about which declarations, and what stands on the pages about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.queries import leaders_below
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet, NothingToDeclare, Regime
from openintegriteit.registers.declarations.permissions import POLICY, RECORD, VIEW, regimes_to
from openintegriteit.registers.declarations.registers import REGISTERS, Register, Rules, regime_of, rules_for
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.queries import designations_of


@dataclass(frozen=True, slots=True)
class Reader:
    """An actor with the rows of the list of people that are theirs, and everybody who leads under them or is them."""

    actor: Actor
    own: tuple[Person, ...]
    leaders: frozenset[UUID]

    @property
    def own_keys(self) -> frozenset[UUID]:
        """The keys of the actor's own rows."""
        return frozenset(person.pk for person in self.own)


def reader_of(actor: Actor) -> Reader:
    """What decides which declarations an actor may read (two queries; one for who decides about nobody)."""
    near = near_reader_of(actor)
    return Reader(actor, near.own, frozenset(leaders_below(near.leaders)))


def near_reader_of(actor: Actor) -> Reader:
    """The same, but of the people below only those whom the actor leads themselves (one query).

    For desks and calendars: what waits for somebody is what their own people declared. Who leads a thousand leaders
    finds the rest on the page of what waits for a decision.
    """
    own = tuple(own_people(actor))
    leads = POLICY.allows(actor, "decide")
    return Reader(actor, own, frozenset(person.pk for person in own) if leads else frozenset())


def visible_to(reader: Reader) -> DeclarationQuerySet:
    """The declarations that somebody may read: their own, those of their team, and those of the regimes of their roles.

    Of a team only officials: what an office holder declares is no matter of a manager.
    """
    allowed = Q(person__in=reader.own_keys)
    if reader.leaders:
        allowed |= Q(person__manager__in=reader.leaders, regime=Regime.OFFICIALS)
    for regime, action in VIEW.items():
        if POLICY.allows(reader.actor, action):
            allowed |= Q(regime=regime)
    rows: DeclarationQuerySet = Declaration.objects.filter(allowed)
    return rows


def readable_by_role(actor: Actor) -> DeclarationQuerySet:
    """The declarations of the regimes that the roles of somebody let them read: what the lists show (no query)."""
    regimes = regimes_to("view", actor)
    # One regime is asked for as one, so that the index of the order is used.
    only = {"regime": regimes[0]} if len(regimes) == 1 else {"regime__in": regimes}
    rows: DeclarationQuerySet = Declaration.objects.filter(**only)
    return rows


def to_decide_by(reader: Reader) -> DeclarationQuerySet:
    """The declarations that wait for a decision of this person, never about themselves. The oldest comes first."""
    if not reader.leaders:
        none: DeclarationQuerySet = Declaration.objects.none()
        return none
    waiting = Declaration.objects.to_decide().filter(person__manager__in=reader.leaders)
    rows: DeclarationQuerySet = waiting.exclude(person__in=reader.own_keys).order_by("declared_on", "id")
    return rows


def may_decide(reader: Reader, declaration: Declaration) -> bool:
    """Whether this person may decide about it: somebody above the person who declared, by the list of people.

    Never about themselves, by whichever of their rows. Who is above somebody is in no team of theirs.
    """
    person = declaration.person
    if not declaration.asks_decision or person.pk in reader.own_keys or person.manager_id is None:
        return False
    if person.email and person.email.lower() in {own.email.lower() for own in reader.own}:
        return False
    return POLICY.allows(reader.actor, "decide") and person.manager_id in reader.leaders


def may_write(reader: Reader, person: Person) -> bool:
    """Whether this person may declare for somebody: for themselves, or as who records what comes in on paper."""
    return person.pk in reader.own_keys or POLICY.allows(reader.actor, RECORD[regime_of(person)])


@dataclass(frozen=True, slots=True)
class OwnRegister:
    """What somebody declared in one register, in one capacity. `nothing_on` None: never said to have nothing.

    `designation`: of the position that makes the person owe an answer here; None: no position of theirs does.
    """

    register: Register
    rules: Rules
    article: str
    person: Person
    declarations: tuple[Declaration, ...]
    nothing_on: date | None
    designation: Designation | None
    day: date

    @property
    def may_say_nothing(self) -> bool:
        """Whether "nothing to declare" is an answer: not beside what still holds; always about what happens once."""
        return not (self.register.lasts and any(row.holds_on(self.day) for row in self.declarations))


def own_registers(people: Sequence[Person], organisation_kind: str, day: date) -> list[OwnRegister]:
    """What somebody declared, per capacity and register, with what the law asks there (a fixed number of queries).

    `people` are the rows of the list of people that are theirs.
    """
    declared: dict[tuple[UUID, str], list[Declaration]] = {}
    for row in Declaration.objects.of_people(people).filter(withdrawn_on__isnull=True).order_by("title", "id"):
        declared.setdefault((row.person_id, row.register), []).append(row)
    said = NothingToDeclare.objects.filter(person__in=people).order_by("said_on")
    nothing = {(row.person_id, row.register): row.said_on for row in said}
    here = [person for person in people if person.ended_on is None or person.ended_on >= day]
    owed = {(key, person.pk): made for key in REGISTERS for person, made in _designations(key, here, day)}
    return [
        OwnRegister(
            register=register,
            rules=(rules := rules_for(key, person)),
            article=rules.article(organisation_kind, person.kind),
            person=person,
            declarations=tuple(declared.get((person.pk, key), ())),
            nothing_on=nothing.get((person.pk, key)),
            designation=owed.get((key, person.pk)),
            day=day,
        )
        for person in here
        for key, register in REGISTERS.items()
    ]


def designation_for(register: str, person: Person, day: date) -> Designation | None:
    """The designation of a position that makes the person owe an answer in the register (at most one query)."""
    return next((made for _person, made in _designations(register, [person], day)), None)


def _designations(register: str, people: Sequence[Person], day: date) -> list[tuple[Person, Designation]]:
    by_duty: dict[str, list[Person]] = {}
    for person in people:
        if duty := rules_for(register, person).designated_for:
            by_duty.setdefault(duty, []).append(person)
    return [
        (person, found[person.pk])
        for duty, asked in by_duty.items()
        if (found := designations_of(duty, asked, day))
        for person in asked
        if person.pk in found
    ]


def declaration_address(identifier: UUID) -> str:
    """The page of a declaration."""
    return reverse("declaration", args=[identifier])
