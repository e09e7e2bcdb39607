"""Reading the norms: which version of a regulation holds, and what comes next."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from openintegriteit.policy.models import Regulation, RegulationQuerySet, RegulationVersion


def with_version_in_force(regulations: RegulationQuerySet, day: date) -> RegulationQuerySet:
    """Regulations with the version in force in `version_key`, `_label`, `_in_force_on` and `_adopted_on`.

    That is the last one in force on the day; a version without a day counts as old. None where there is no version yet.
    """
    holding = (
        RegulationVersion.objects.filter(regulation=OuterRef("pk"))
        .exclude(in_force_on__gt=day)
        .order_by(F("in_force_on").desc(nulls_last=True), F("adopted_on").desc(nulls_last=True))
    )
    annotated: RegulationQuerySet = regulations.annotate(
        version_key=Subquery(holding.values("pk")[:1]),
        version_label=Subquery(holding.values("label")[:1]),
        version_in_force_on=Subquery(holding.values("in_force_on")[:1]),
        version_adopted_on=Subquery(holding.values("adopted_on")[:1]),
    )
    return annotated


@dataclass(frozen=True, slots=True)
class RegulationCount:
    """How many regulations there are, and how many should have been reviewed before the day."""

    in_all: int
    past_review: int


def regulation_count(day: date) -> RegulationCount:
    """The regulations of the body, counted on a day (one query)."""
    row = Regulation.objects.aggregate(in_all=Count("pk"), past_review=Count("pk", filter=Q(review_due_on__lt=day)))
    return RegulationCount(**row)


def with_end(versions: QuerySet[RegulationVersion]) -> QuerySet[RegulationVersion]:
    """Versions with `in_force_until`: the first day of the version that comes after it, or that replaces it.

    None as long as there is no such version, or its day is not known.
    """
    after = Q(regulation=OuterRef("regulation"), in_force_on__gt=OuterRef("in_force_on"))
    instead = Q(replaces_version=OuterRef("pk"), in_force_on__isnull=False)
    following = RegulationVersion.objects.filter(after | instead).order_by("in_force_on")
    return versions.annotate(in_force_until=Subquery(following.values("in_force_on")[:1]))


def versions_of(regulation: Regulation) -> QuerySet[RegulationVersion]:
    """The versions of a regulation with `in_force_until`, newest first; those without a day last (one query)."""
    return with_end(RegulationVersion.objects.filter(regulation=regulation)).order_by(
        F("in_force_on").desc(nulls_last=True), F("adopted_on").desc(nulls_last=True)
    )


def version_address(identifier: UUID) -> str:
    """The page of a version."""
    return reverse("policy:version", args=[identifier])


def regulation_address(identifier: UUID) -> str:
    """The page of a regulation."""
    return reverse("policy:regulation", args=[identifier])


def plan_address(identifier: UUID) -> str:
    """The page of a policy plan."""
    return reverse("policy_plan", args=[identifier])
