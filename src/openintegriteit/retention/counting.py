"""Counting how many records are due: every night, and after a rule or a list changed it. Pages show the last count."""

from collections.abc import Iterable

from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import KeptKind
from openintegriteit.core.tenancy import organisation_in_scope, organisation_scope
from openintegriteit.organisations.models import Organisation
from openintegriteit.retention.models import KindCount
from openintegriteit.retention.queries import Kinds, numbers_of, rule_on


def count(kinds: Iterable[KeptKind]) -> None:
    """Count the records of these kinds of the body in scope (four queries and more for each)."""
    for kind in kinds:
        numbers = numbers_of(kind, rule_on(kind.key, today()), today())
        KindCount.objects.update_or_create(
            organisation_id=organisation_in_scope(),
            kind=kind.key,
            defaults={
                "side": kind.side,
                "counted_at": timezone.now(),
                "in_all": numbers.in_all,
                "due": numbers.due,
                "held": numbers.held,
                "unknown": numbers.unknown,
            },
        )


def count_all(kinds: Kinds) -> None:
    """Count every kind of every body."""
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            count(kinds.values())
