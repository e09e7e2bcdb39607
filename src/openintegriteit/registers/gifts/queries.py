"""The rule of the body on a day, and what each giver offered in all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from openintegriteit.core.roles import Actor
from openintegriteit.registers.declarations.models import Declaration, Regime, RegisterKey
from openintegriteit.registers.declarations.permissions import POLICY, VIEW
from openintegriteit.registers.gifts.models import Gift, GiftRule
from openintegriteit.registers.gifts.permissions import POLICY as RULES
from openintegriteit.registers.gifts.permissions import SET
from openintegriteit.ui.amounts import CENTS


def rule_on(regime: Regime, day: date) -> GiftRule | None:
    """The rule of the body that holds on a day; None: the body has none (one query)."""
    return _rules(regime).filter(in_force_from__lte=day).first()


def newest_rule(regime: Regime) -> GiftRule | None:
    """The rule that holds from the latest day, also when that is still to come (one query)."""
    return _rules(regime).first()


def _rules(regime: Regime) -> QuerySet[GiftRule]:
    rows: QuerySet[GiftRule] = GiftRule.objects.filter(regime=regime).order_by("-in_force_from")
    return rows


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of one regime, the newest first, with the one that holds. `may_set`: the reader sets them."""

    regime: Regime
    holds: GiftRule | None
    rules: tuple[GiftRule, ...]
    may_set: bool


def rule_books(actor: Actor, day: date) -> list[RuleBook]:
    """The rules of each regime of which the actor reads what is declared (one query)."""
    regimes = readable_regimes(actor)
    rows = list(GiftRule.objects.filter(regime__in=regimes))
    books = []
    for regime in regimes:
        rules = tuple(row for row in rows if row.regime == regime)
        holds = next((rule for rule in rules if rule.in_force_from <= day), None)
        books.append(RuleBook(regime, holds, rules, RULES.allows(actor, SET[regime])))
    return books


def readable_regimes(actor: Actor) -> tuple[Regime, ...]:
    """The regimes of which a role of the actor reads all that is declared."""
    return tuple(regime for regime, action in VIEW.items() if POLICY.allows(actor, action))


ADDED_UP: Mapping[str, Any] = {
    "number": Count("*"),
    "total": Coalesce(Sum("value"), Decimal(0)),
    "last": Max("offered_on"),
}


@dataclass(frozen=True, slots=True)
class GiverTotal:
    """What one giver offered to the people of one regime. `without_value`: how many offers have no known value."""

    giver: str
    regime: Regime
    number: int
    total: Decimal
    without_value: int
    first: date | None
    last: date | None


def totals_per_giver(regimes: Collection[Regime]) -> QuerySet[Any, Any]:
    """Every giver per regime, to be ordered by what is in `ADDED_UP`; `told` adds what they offered.

    The two regimes are never added up, and what was withdrawn does not count.
    """
    withdrawn = Declaration.objects.filter(register=RegisterKey.GIFTS, withdrawn_on__isnull=False)
    rows: QuerySet[Any, Any] = (
        Gift.objects.filter(regime__in=regimes)
        .exclude(declaration__in=withdrawn.order_by().values("pk"))
        .order_by()
        .values("giver_key", "regime")
        .alias(**ADDED_UP)
    )
    return rows


def told(totals: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Rows of `totals_per_giver` with what `giver_total` needs: too much to ask of every giver to show a few."""
    return totals.annotate(
        **ADDED_UP,
        valued=Count("value"),
        organisation_name=Max("giver_organisation"),
        person_name=Max("giver_person"),
        first=Min("offered_on"),
    )


def totals_of_page(totals: QuerySet[Any, Any], page: Iterable[Mapping[str, Any]]) -> list[GiverTotal]:
    """What these rows of `totals_per_giver` tell, in their order (one query)."""
    wanted = [(row["giver_key"], row["regime"]) for row in page]
    rows = told(totals).filter(giver_key__in={key for key, _regime in wanted})
    found = {(row["giver_key"], row["regime"]): giver_total(row) for row in rows}
    return [found[key] for key in wanted if key in found]


def giver_total(row: Mapping[str, Any]) -> GiverTotal:
    """One row of `told`; the total in whole cents, because SQLite adds up binary fractions."""
    return GiverTotal(
        giver=row["organisation_name"] or row["person_name"],
        regime=Regime(row["regime"]),
        number=row["number"],
        total=Decimal(row["total"]).quantize(CENTS),
        without_value=row["number"] - row["valued"],
        first=row["first"],
        last=row["last"],
    )
