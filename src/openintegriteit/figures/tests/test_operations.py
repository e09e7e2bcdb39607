import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.models import Entry
from openintegriteit.figures import operations
from openintegriteit.figures.models import OwnIndicator, YearFigure
from openintegriteit.figures.operations import AlreadyEntered, AlreadyPublished
from openintegriteit.figures.tests.factories import year_figure

pytestmark = pytest.mark.database


def enter(actor, value) -> YearFigure:
    return operations.enter_figure(
        actor=actor, identifier=uuid.uuid4(), indicator="team-talks", year=2025, values={"value": value}
    )


def test_a_year_has_one_figure_of_an_indicator(coordinator) -> None:
    enter(coordinator, Decimal(6))

    with pytest.raises(AlreadyEntered):
        enter(coordinator, Decimal(7))
    assert YearFigure.objects.get().value == 6
    assert Entry.objects.get().details == {"changes": {"value": [None, "6"]}}


def test_a_correction_keeps_what_was_published_and_why(coordinator, organisation) -> None:
    figure = year_figure(organisation, "team-talks", 2024, 21, published_before=True)

    operations.restate_figure(
        actor=coordinator, figure=figure, expected_version=1, value=Decimal(19), reason="Twee dubbel geteld."
    )

    corrected = YearFigure.objects.get()
    assert (corrected.value, corrected.restated_from, corrected.published_before) == (19, 21, True)
    assert corrected.restatement_reason == "Twee dubbel geteld."
    assert Entry.objects.get().action == "figure.restated"


def test_a_second_correction_keeps_the_first(coordinator, organisation) -> None:
    figure = year_figure(organisation, "team-talks", 2024, 21, published_before=True)
    for version, value in ((1, 19), (2, 20)):
        operations.restate_figure(
            actor=coordinator, figure=figure, expected_version=version, value=Decimal(value), reason="Herteld."
        )

    assert (YearFigure.objects.get().value, YearFigure.objects.get().restated_from) == (20, 19)


def test_a_published_figure_is_not_changed_by_itself(coordinator, organisation) -> None:
    figure = year_figure(organisation, "team-talks", 2024, 21, published_before=True)

    with pytest.raises(AlreadyPublished):
        operations.change_figure(actor=coordinator, figure=figure, expected_version=1, values={"value": Decimal(1)})

    assert YearFigure.objects.get().value == 21
    assert not Entry.objects.exists()


def test_two_corrections_at_once_are_one(coordinator, organisation) -> None:
    figure = year_figure(organisation, "team-talks", 2024, 21, published_before=True)
    correct = {"actor": coordinator, "figure": figure, "expected_version": 1, "reason": "Herteld."}
    operations.restate_figure(value=Decimal(19), **correct)

    with pytest.raises(StaleRecord):
        operations.restate_figure(value=Decimal(18), **correct)

    assert YearFigure.objects.get().value == 19


def test_an_own_indicator_gets_a_code(coordinator) -> None:
    key = uuid.uuid4()
    values = {"name": "Moresberaden & gesprekken", "unit": "keer", "definition": "Elk beraad."}

    for _ in range(2):
        operations.add_indicator(actor=coordinator, identifier=key, values=values)

    assert OwnIndicator.objects.get().code == "moresberaden-gesprekken"


def test_only_the_coordinator_changes_figures(actor_with, organisation) -> None:
    actor, figure = actor_with("secretary"), year_figure(organisation, "team-talks", 2024, 21)

    attempts = (
        lambda: enter(actor, Decimal(1)),
        lambda: operations.change_figure(actor=actor, figure=figure, expected_version=1, values={"value": Decimal(1)}),
        lambda: operations.restate_figure(actor=actor, figure=figure, expected_version=1, value=Decimal(1), reason="x"),
        lambda: operations.add_indicator(actor=actor, identifier=uuid.uuid4(), values={"name": "x"}),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert [row.value for row in YearFigure.objects.all()] == [21]
    assert not Entry.objects.exists()
