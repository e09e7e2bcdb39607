"""What rule holds for which kind of record, which records are due, and what holds them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Q, QuerySet
from django.utils import timezone

from openintegriteit.core.contracts import KeptKind
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import OFFICE_HOLDERS, Person
from openintegriteit.organisations.queries import people_meant_by
from openintegriteit.retention.models import Fate, Hold, KindCount, ListedRecord, RetentionRule, Side
from openintegriteit.retention.permissions import sides_to
from openintegriteit.retention.rules import is_over, kept_until, latest_beginning

type Kinds = Mapping[str, KeptKind]  # every kind of record that is kept, by its key


def rules_on(day: date) -> dict[str, RetentionRule]:
    """The rule that holds on a day for each kind that has one (one query)."""
    newest_last = RetentionRule.objects.filter(in_force_from__lte=day).order_by("in_force_from")
    return {rule.kind: rule for rule in newest_last}


def rule_on(kind: str, day: date) -> RetentionRule | None:
    """The rule that holds on a day for a kind of record; None: it has none, so nothing of it is destroyed."""
    rule: RetentionRule | None = (
        RetentionRule.objects.filter(kind=kind, in_force_from__lte=day).order_by("-in_force_from").first()
    )
    return rule


def side_of(person: Person) -> Side:
    """Among whose records those about a person are."""
    return Side.OFFICE_HOLDERS if person.kind in OFFICE_HOLDERS else Side.OFFICIALS


def over(kind: KeptKind, rule: RetentionRule, day: date) -> QuerySet[Any]:
    """The records of a kind whose term is over on the day under the rule, held or not."""
    latest = latest_beginning(rule.months, day) if rule.months else None
    if latest is None:
        return kind.rows(kind.starts[0]).none()
    found: QuerySet[Any] = kind.rows(rule.start).filter(began__lte=latest)  # type: ignore[arg-type]
    return found


def not_held(rows: QuerySet[Any], kind: KeptKind) -> QuerySet[Any]:
    """Those of these records that no hold keeps: not their kind, not they themselves, not who they are about."""
    holding = Hold.objects.holding()
    of_kind = holding.filter(kind=kind.key)
    free = rows.filter(~Exists(of_kind.filter(record__isnull=True))).exclude(
        pk__in=of_kind.filter(record__isnull=False).values("record")
    )
    return free.exclude(**{f"{kind.person}__in": held_people()}) if kind.person else free


def not_needed(rows: QuerySet[Any], kind: KeptKind) -> QuerySet[Any]:
    """Those of these records that nothing else needs."""
    for condition in kind.needed_by().values():
        rows = rows.exclude(condition)
    return rows


def needed_by(kind: KeptKind, rule: RetentionRule | None, day: date) -> list[tuple[str, int]]:
    """What else needs records whose term is over, in words, with how many of them it needs (one query at most)."""
    conditions = kind.needed_by() if rule else {}
    if rule is None or not conditions:
        return []
    counted = {f"of_{place}": Count("pk", filter=condition) for place, condition in enumerate(conditions.values())}
    numbers = over(kind, rule, day).aggregate(**counted)
    return [(words, number) for words, number in zip(conditions, numbers.values(), strict=True) if number]


@dataclass(frozen=True, slots=True)
class Stays:
    """Somebody on the list and what still keeps them there: in words what needs them, besides the term and a hold."""

    person: Person
    began: date | None
    kept_until: date | None  # None: no rule with a term holds, or the term has not begun
    is_over: bool
    is_held: bool
    needed_by: tuple[str, ...]

    @property
    def may_go(self) -> bool:
        """Whether nothing keeps them any more."""
        return self.is_over and not self.is_held and not self.needed_by


def who_stays(kind: KeptKind, words: str, rule: RetentionRule | None, day: date) -> list[Stays]:
    """The first few people of a kind of people who are meant by a name or number (three queries at most)."""
    conditions = kind.needed_by()
    rows = kind.rows(rule.start if rule and rule.start else kind.starts[0])  # type: ignore[arg-type]
    needs = {f"need_{place}": condition for place, condition in enumerate(conditions.values())}
    meant = rows.filter(pk__in=[person.pk for person in people_meant_by(words)])
    found = meant.annotate(**needs, is_held=Q(pk__in=held_people())).order_by("family_name", "given_name", "pk")
    months = rule.months if rule else None
    return [
        Stays(
            person=row,
            began=row.began,
            kept_until=kept_until(row.began, months) if months and row.began else None,
            is_over=bool(months) and is_over(row.began, months or 0, day),
            is_held=row.is_held,
            needed_by=tuple(told for name, told in zip(needs, conditions, strict=True) if getattr(row, name)),
        )
        for row in found
    ]


def destroyed_on(kinds: Collection[str], records: Collection[UUID]) -> dict[UUID, date]:
    """Which of these records were destroyed, and on what day, as the lists tell by their marks alone (one query)."""
    rows = ListedRecord.objects.filter(kind__in=kinds, fate=Fate.DESTROYED).order_by("handled_at")
    told = rows.values_list("record", "handled_at").iterator(chunk_size=5000)
    return {record: timezone.localdate(at) for record, at in told if record in records}


def off_lists(rows: QuerySet[Any], kind: KeptKind) -> QuerySet[Any]:
    """Those of these records that stand on no open list."""
    listed = ListedRecord.objects.waiting().filter(kind=kind.key)
    return rows.exclude(pk__in=listed.values("record"))


def held_people() -> QuerySet[Any]:
    """The keys of the people about whom nothing is destroyed: also of who came back on another line of the list."""
    held = Hold.objects.holding().filter(person__isnull=False)
    addresses = held.exclude(person__email="").values("person__email_lower")
    found: QuerySet[Any] = Person.objects.filter(Q(pk__in=held.values("person")) | Q(email_lower__in=addresses)).values(
        "pk"
    )
    return found


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many records of a kind there are. `due`: the term is over, nothing holds them and they are on no open list.

    `held`: the term is over and a hold keeps them, or something else needs them. `unknown`: nobody knows when the term
    began, or it has not yet.
    """

    in_all: int
    due: int
    held: int
    unknown: int


def numbers_of(kind: KeptKind, rule: RetentionRule | None, day: date) -> Numbers:
    """How many records of the kind there are and how many are due on the day (three queries, one without a term)."""
    latest = latest_beginning(rule.months, day) if rule and rule.months else None
    if rule is None or latest is None:
        return Numbers(kind.rows(kind.starts[0]).count(), 0, 0, 0)
    rows: QuerySet[Any] = kind.rows(rule.start)  # type: ignore[arg-type]
    counted = rows.aggregate(
        in_all=Count("pk"),
        over=Count("pk", filter=Q(began__lte=latest)),
        unknown=Count("pk", filter=Q(began__isnull=True) | Q(began__gt=day)),
    )
    free = not_needed(not_held(rows.filter(began__lte=latest), kind), kind)
    due = off_lists(free, kind).count()
    return Numbers(counted["in_all"], due, counted["over"] - free.count(), counted["unknown"])


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of record with the rule that holds and how many there were when they were last counted."""

    kind: KeptKind
    rule: RetentionRule | None
    count: KindCount | None


def kind_lines(kinds: Kinds, actor: Actor, day: date) -> list[tuple[Side, list[KindLine]]]:
    """Every kind of the sides that the actor views (two queries)."""
    rules = rules_on(day)
    counts = {count.kind: count for count in KindCount.objects.all()}
    return [
        (
            Side(side),
            [KindLine(kind, rules.get(kind.key), counts.get(kind.key)) for kind in kinds.values() if kind.side == side],
        )
        for side in sides_to("view", actor)
    ]
