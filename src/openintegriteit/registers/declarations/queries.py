"""Who may read and decide about which declarations, and what stands on the pages about them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.clock import today
from openintegriteit.core.once import looked_up_once
from openintegriteit.core.roles import Actor
from openintegriteit.core.terms import add_months
from openintegriteit.organisations.lines import line_of, lines_of
from openintegriteit.organisations.models import Person, PersonQuerySet
from openintegriteit.registers.declarations.models import (
    DecidingRule,
    Declaration,
    DeclarationQuerySet,
    Deputy,
    DeputyQuerySet,
    Draft,
    NothingToDeclare,
    Outcome,
    Proposal,
    Regime,
    Remark,
    SecondLook,
    not_over_on,
)
from openintegriteit.registers.declarations.permissions import POLICY, RECORD, VIEW, regimes_to
from openintegriteit.registers.declarations.registers import REGISTERS, Register, Rules, lasts, regime_of, rules_for
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.queries import designated, designations_of


@dataclass(frozen=True, slots=True)
class Reader:
    """An actor with the rows of the list of people that are theirs, and everybody who leads under them or is them.

    `above`: the actor and who is above them. `stood_for`: those for whom the actor stands in today, and everybody who
    leads under them. `apart`: whom these leaders cannot decide about, so that a deputy cannot either: themselves and
    who is above them. Both have everybody by whichever of their rows.
    """

    actor: Actor
    own: tuple[Person, ...]
    leaders: frozenset[UUID] = frozenset()
    above: frozenset[UUID] = frozenset()
    stood_for: frozenset[UUID] = frozenset()
    apart: frozenset[UUID] = frozenset()

    @property
    def own_keys(self) -> frozenset[UUID]:
        """The keys of the actor's own rows."""
        return frozenset(person.pk for person in self.own)

    @property
    def addresses(self) -> frozenset[str]:
        """The mail addresses of these rows, in small letters."""
        return frozenset(person.email.lower() for person in self.own)


def reader_of(actor: Actor) -> Reader:
    """What decides which declarations an actor may read (one query; one more for who decides)."""
    return _reader(actor, downward=True)


@looked_up_once
def near_reader_of(actor: Actor) -> Reader:
    """The same, but of the people below only those whom the actor leads, or stands in for who does.

    For desks and calendars: what waits for somebody is what their own people declared. Who leads a thousand leaders
    finds the rest on the page of what waits for a decision.
    """
    return _reader(actor, downward=False)


def _reader(actor: Actor, *, downward: bool) -> Reader:
    own = own_people(actor)
    if not own or not POLICY.allows(actor, "decide"):
        return Reader(actor, own)
    stood_for = _held_by(own).values("leader")
    mine, theirs = lines_of([person.pk for person in own], stood_for, downward=downward)
    return Reader(actor, own, mine.leaders, mine.above, theirs.leaders, theirs.above)


def standing_in(reader: Reader) -> list[Deputy]:
    """For whom somebody stands in today, and until when (one query; none for who stands in for nobody)."""
    return list(_held_by(reader.own).select_related("leader")) if reader.stood_for else []


def _held_by(people: Collection[Person]) -> DeputyQuerySet:
    rows: DeputyQuerySet = Deputy.objects.holding_on(today()).filter(deputy__in=people)
    return rows


def is_same_person(one: Person, other: Person) -> bool:
    """Whether two rows of the list of people are one, or have one mail address."""
    return one.pk == other.pk or (one.email != "" and one.email.lower() == other.email.lower())


def visible_to(reader: Reader) -> DeclarationQuerySet:
    """The declarations that somebody may read: their own, those of their team, and those of the regimes of their roles.

    Of a team only officials: what an office holder declares is no matter of a manager.
    """
    allowed = Q(person__in=reader.own_keys)
    if reader.leaders:
        allowed |= of_the_team(reader) & Q(regime=Regime.OFFICIALS)
    for regime, action in VIEW.items():
        if POLICY.allows(reader.actor, action):
            allowed |= Q(regime=regime)
    rows: DeclarationQuerySet = Declaration.objects.filter(allowed)
    return rows


def of_the_team(reader: Reader, *, once_removed: bool = False) -> Q:
    """What is declared by who is led by the actor, or by whom they stand in for.

    `once_removed`: by who is led by somebody in these teams. It is looked up per declaration, so asked of few.
    """

    def led_by(leaders: Collection[UUID]) -> Q:
        if once_removed:
            return Q(Exists(Person.objects.filter(pk=OuterRef("person__manager"), manager__among=leaders)))
        return Q(person__manager__among=leaders)

    led = led_by(reader.leaders)
    if reader.stood_for:
        led |= led_by(reader.stood_for) & ~Q(person__in=reader.apart)
    return led & ~Q(person__in=reader.above)


def readable_by_role(actor: Actor) -> DeclarationQuerySet:
    """The declarations of the regimes that the roles of somebody let them read: what the lists show (no query)."""
    regimes = regimes_to("view", actor)
    # One regime is asked for as one, so that the index of the order is used.
    only = {"regime": regimes[0]} if len(regimes) == 1 else {"regime__in": regimes}
    rows: DeclarationQuerySet = Declaration.objects.filter(**only)
    return rows


def to_decide_by(reader: Reader) -> DeclarationQuerySet:
    """The declarations that wait for a decision of this person, never about themselves. The oldest comes first.

    Without a proposal: those of their team. With one: the same, those of the teams of who they lead, and to who may
    agree to all also those of others; but never their own proposal, by whichever of their accounts. Who does not stand
    in the list of people decides about nothing: nobody can tell then whose proposal is theirs. One query first for
    who may agree to all and decides about nobody.
    """
    if not reader.own:
        nothing: DeclarationQuerySet = Declaration.objects.none()
        return nothing
    waiting = Declaration.objects.to_decide(today())
    others = waiting.filter(~Exists(_own_proposals(reader).filter(declaration=OuterRef("pk"))), is_proposed=True)
    if POLICY.allows(reader.actor, "agree_to_all"):
        others = others.exclude(person__in=reader.above or line_of(reader.own_keys, downward=False).above)
    else:
        others = others.filter(of_the_team(reader) | of_the_team(reader, once_removed=True))
    # Found apart, so that the database finds the ones by the team and the others among the few that are proposed.
    found = others.values("pk")
    if reader.leaders:
        found = found.union(waiting.filter(of_the_team(reader), is_proposed=False).values("pk"))
    rows: DeclarationQuerySet = waiting.filter(pk__in=found).exclude(person__in=reader.own_keys)
    return rows.order_by("declared_on", "id")


def _own_proposals(reader: Reader) -> QuerySet[Proposal]:
    by_whom = Q(account=reader.actor.identifier) | Q(person__in=reader.own_keys)
    rows: QuerySet[Proposal] = Proposal.objects.filter(by_whom | Q(address__in=reader.addresses - {""}), is_open=True)
    return rows


def may_decide(reader: Reader, declaration: Declaration) -> bool:
    """Whether this person may decide about it: somebody above the person who declared, by the list of people.

    Or who stands in for one, as far as that leader may. Never about themselves nor about who is above them, by
    whichever of their rows.
    """
    person = declaration.person
    if not declaration.asks_decision or person.pk in reader.own_keys or person.manager_id is None:
        return False
    if person.pk in reader.above or (person.email and person.email.lower() in reader.addresses):
        return False
    is_led = person.manager_id in reader.leaders
    stands_in = person.manager_id in reader.stood_for and person.pk not in reader.apart
    return POLICY.allows(reader.actor, "decide") and (is_led or stands_in)


def may_agree(reader: Reader, declaration: Declaration) -> bool:
    """Whether this person may be the second one about what is proposed: it waits for them (at most two queries)."""
    return declaration.is_proposed and to_decide_by(reader).filter(pk=declaration.pk).exists()


def may_take_back(reader: Reader, declaration: Declaration) -> bool:
    """Whether what is proposed is this person's own proposal, by whichever of their accounts (one query)."""
    decides = POLICY.allows(reader.actor, "decide") and declaration.is_proposed
    return decides and _own_proposals(reader).filter(declaration=declaration).exists()


def deputies_of(leaders: Collection[UUID], day: date) -> list[Deputy]:
    """Who stands in on the day for these leaders, each with a mail address (one query)."""
    rows = Deputy.objects.holding_on(day).filter(leader__in=leaders).exclude(deputy__email="")
    return list(rows.exclude(deputy__ended_on__lt=day).select_related("leader", "deputy").order_by("pk"))


def asks_second(register: str, outcome: str) -> bool:
    """Whether the body wants a second person to look at this decision (one query)."""
    wanted = DecidingRule.objects.filter(register=register).values_list("second_look", flat=True).first()
    return wanted == SecondLook.ALWAYS or (wanted == SecondLook.UNLESS_ALLOWED and outcome != Outcome.ALLOWED)


def deciding_rules() -> list[DecidingRule]:
    """What the body wants per register in which somebody decides, as long as nobody chose: never (one query)."""
    chosen = {rule.register: rule for rule in DecidingRule.objects.all()}
    return [
        chosen.get(key, DecidingRule(register=key))
        for key, register in REGISTERS.items()
        if register.regimes[Regime.OFFICIALS].decided
    ]


def leaders_for(actor: Actor) -> PersonQuerySet:
    """For whom the actor names deputies: themselves, or everybody who leads somebody."""
    if POLICY.allows(actor, "name_all_deputies"):
        team = Person.objects.filter(manager=OuterRef("pk"))
        everybody: PersonQuerySet = Person.objects.filter(Exists(team))
        return everybody
    own: PersonQuerySet = Person.objects.filter(pk__in=[person.pk for person in own_people(actor)])
    return own


def deputies_for(actor: Actor) -> DeputyQuerySet:
    """The deputies that the actor may see, change and take away."""
    rows: DeputyQuerySet = Deputy.objects.all()
    return rows if POLICY.allows(actor, "name_all_deputies") else rows.filter(leader__in=leaders_for(actor))


def unconfirmed(day: date) -> Q:
    """What officials declared that lasts, and did not say again in the year before the day."""
    year_ago = add_months(day, -12)
    said = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=year_ago)
    lasting = [key for key, register in REGISTERS.items() if register.lasts]
    return Q(said, not_over_on(day), declared_on__lt=year_ago, regime=Regime.OFFICIALS, register__in=lasting)


def said_last_by_declarant() -> Subquery:
    """Whether the last remark about a declaration is of who declared it; None without a remark."""
    said = Remark.objects.filter(declaration=OuterRef("pk")).order_by("-written_at", "-pk")
    return Subquery(said.values("by_declarant")[:1])


def is_unconfirmed(row: Declaration, day: date) -> bool:
    """The same of one declaration."""
    said = max(row.declared_on, row.confirmed_on or row.declared_on)
    return row.regime == Regime.OFFICIALS and lasts(row) and row.holds_on(day) and said < add_months(day, -12)


def may_write(reader: Reader, person: Person) -> bool:
    """Whether this person may declare for somebody: for themselves, or as who records what comes in on paper."""
    return person.pk in reader.own_keys or POLICY.allows(reader.actor, RECORD[regime_of(person)])


def answered(register: str) -> Q:
    """People who declared something in a register, or said that there is nothing."""
    about = {"person": OuterRef("pk"), "register": register}
    declared = Exists(Declaration.objects.filter(**about, withdrawn_on__isnull=True))
    return Q(declared) | Q(Exists(NothingToDeclare.objects.filter(**about)))


def draft_of(actor: Actor, register: str, person: Person, declaration: Declaration | None = None) -> Draft | None:
    """What the actor began to declare for a person, or to change of a declaration, and did not send (one query)."""
    rows = Draft.objects.filter(author=actor.identifier, register=register, person=person, declaration=declaration)
    found: Draft | None = rows.first()
    return found


def drafts_of(reader: Reader) -> list[Draft]:
    """What somebody began and may still declare, for themselves or for others, the first begun first (one query)."""
    rows = Draft.objects.filter(author=reader.actor.identifier).select_related("person", "declaration")
    return [draft for draft in rows if may_write(reader, draft.person)]


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

    def concerns(self, organisation_kind: str) -> bool:
        """Whether the person declares here at all."""
        is_designated = self.designation is not None
        return self.rules.concerns(organisation_kind, self.person.kind, is_designated=is_designated)


def own_registers(people: Sequence[Person], organisation_kind: str, day: date) -> list[OwnRegister]:
    """What somebody declared, per capacity and register, with what the law asks there (a fixed number of queries).

    `people` are the rows of the list of people that are theirs. Without the registers that are no concern of theirs.
    """
    declared: dict[tuple[UUID, str], list[Declaration]] = {}
    for row in Declaration.objects.of_people(people).filter(withdrawn_on__isnull=True).order_by("title", "id"):
        declared.setdefault((row.person_id, row.register), []).append(row)
    said = NothingToDeclare.objects.filter(person__in=people).order_by("said_on")
    nothing = {(row.person_id, row.register): row.said_on for row in said}
    here = [person for person in people if not person.has_left_by(day)]
    owed = {(key, person.pk): made for key in REGISTERS for person, made in _designations(key, here, day)}
    found = [
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
    return [own for own in found if own.declarations or own.concerns(organisation_kind)]


def concerned_by(register: str, organisation_kind: str, day: date) -> Callable[[Person], bool]:
    """Whether somebody declares in a register at all (at most one query, before the first is asked about)."""
    only = [rules.designated_for for rules in REGISTERS[register].regimes.values() if rules.only_by_law]
    holders = {duty: set(designated(duty, day).values_list("person", flat=True)) for duty in only if duty}

    def is_concerned(person: Person) -> bool:
        rules = rules_for(register, person)
        is_designated = person.pk in holders.get(rules.designated_for, ())
        return rules.concerns(organisation_kind, person.kind, is_designated=is_designated)

    return is_concerned


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


def form_address(draft: Draft) -> str:
    """The form in which a draft was begun, where it stands for who is signed in."""
    name, key = ("edit", draft.declaration_id) if draft.declaration_id else ("new", draft.person_id)
    return reverse(f"{draft.register}:{name}", args=[key])
