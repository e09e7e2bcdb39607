"""Every change to figures: permission, change and log entry together.

Without the permission everything raises PermissionDenied; StaleRecord says that somebody else was first.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.figures.models import OwnIndicator, YearFigure
from openintegriteit.figures.permissions import POLICY


class AlreadyPublished(Exception):
    """A published figure only changes by a restatement, with its reason."""


class AlreadyEntered(Exception):
    """Somebody else has entered the figure of this year: changing it takes the version that a person saw."""


@transaction.atomic
def enter_figure(*, actor: Actor, identifier: UUID, indicator: str, year: int, values: Mapping[str, Any]) -> YearFigure:
    """Record the value of an indicator in a year (None: the body knows that it does not know).

    Entering the same one again returns it as it is. Raises AlreadyEntered when the year has a figure under another key.
    """
    POLICY.require(actor, "change")
    figure: YearFigure
    figure, is_new = YearFigure.objects.get_or_create(
        organisation_id=body_of(actor), indicator=indicator, year=year, defaults={"pk": identifier, **values}
    )
    if figure.pk != identifier:
        raise AlreadyEntered
    if is_new:
        told = {"value": [None, values.get("value")]}
        record(actor=actor, action="figure.entered", subject=figure, details={"changes": told})
    return figure


def change_figure(*, actor: Actor, figure: YearFigure, expected_version: int, values: Mapping[str, Any]) -> YearFigure:
    """Change a figure that was not published yet. Raises AlreadyPublished for one that was."""
    POLICY.require(actor, "change")
    if YearFigure.objects.filter(pk=figure.pk, published_before=True).exists():
        raise AlreadyPublished
    return save_changes(
        actor=actor,
        action="figure.changed",
        instance=figure,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def restate_figure(
    *, actor: Actor, figure: YearFigure, expected_version: int, value: Decimal | None, reason: str
) -> YearFigure:
    """Correct a published figure; what was published stays beside it, with the reason.

    A second correction keeps what the first one put there; the event log keeps them all.
    """
    POLICY.require(actor, "change")
    published = YearFigure.objects.get(pk=figure.pk).value
    values = {"value": value, "restatement_reason": reason}
    if published != value:
        values["restated_from"] = published
    return save_changes(
        actor=actor,
        action="figure.restated",
        instance=figure,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def add_indicator(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> OwnIndicator:
    """Add an indicator of the body itself; its code is its name as a word."""
    POLICY.require(actor, "change")
    existing: OwnIndicator | None = OwnIndicator.objects.filter(pk=identifier).first()
    if existing:
        return existing
    indicator: OwnIndicator = OwnIndicator.objects.create(
        pk=identifier, organisation_id=body_of(actor), code=indicator_code(values["name"]), **values
    )
    record(actor=actor, action="indicator.added", subject=indicator)
    return indicator


def indicator_code(name: str) -> str:
    """The code of an own indicator."""
    return slugify(name)[:60].strip("-")
