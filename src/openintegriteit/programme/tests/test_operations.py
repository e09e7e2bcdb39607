import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.models import Entry
from openintegriteit.programme import operations
from openintegriteit.programme.models import ActionPlan, Activity, Finding, Measure, ProgressNote
from openintegriteit.programme.tests.factories import activity, finding, heading, measure

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


def new_measure(actor, key=None, **values) -> Measure:
    return operations.create_measure(
        actor=actor, identifier=key or uuid.uuid4(), values={"title": "Doorlichten", **values}
    )


def test_a_measure_gets_the_next_number_of_the_plan(coordinator, organisation) -> None:
    measure(organisation, number=26)

    assert new_measure(coordinator).number == 27
    assert [entry.action for entry in Entry.objects.all()] == ["measure.created"]


def test_the_first_measure_gets_a_plan(coordinator) -> None:
    assert new_measure(coordinator).number == 1
    assert ActionPlan.objects.count() == 1


def test_sending_a_new_measure_twice_makes_one(coordinator) -> None:
    key = uuid.uuid4()

    assert new_measure(coordinator, key).pk == new_measure(coordinator, key, title="Anders").pk
    assert [(row.number, row.title) for row in Measure.objects.all()] == [(1, "Doorlichten")]
    assert Entry.objects.count() == 1


def test_a_change_is_logged_with_what_was_and_what_is(coordinator, organisation) -> None:
    about = measure(organisation, title="Oud", owner="Financiën")

    changed = operations.change_measure(
        actor=coordinator, measure=about, expected_version=1, values={"title": "Nieuw", "owner": "Financiën"}
    )

    assert (changed.title, changed.version) == ("Nieuw", 2)
    assert Entry.objects.get().details == {"changes": {"title": ["Oud", "Nieuw"]}}


def test_saving_without_a_change_does_nothing(coordinator, organisation) -> None:
    about = measure(organisation, title="Zelfde")

    operations.change_measure(actor=coordinator, measure=about, expected_version=1, values={"title": "Zelfde"})

    assert Measure.objects.get().version == 1
    assert not Entry.objects.exists()


def test_the_second_of_two_changes_is_refused_and_changes_nothing(coordinator, organisation) -> None:
    about = measure(organisation, title="Oud")
    operations.change_measure(actor=coordinator, measure=about, expected_version=1, values={"title": "Eerste"})

    with pytest.raises(StaleRecord) as stale:
        operations.change_measure(actor=coordinator, measure=about, expected_version=1, values={"title": "Tweede"})

    assert stale.value.current.title == "Eerste"
    assert Measure.objects.get().title == "Eerste"
    assert Entry.objects.count() == 1


def test_a_measure_that_becomes_done_gets_today_and_loses_it_when_reopened(coordinator, organisation) -> None:
    about = measure(organisation, status="delayed")

    done = operations.change_measure(
        actor=coordinator, measure=about, expected_version=1, values={"status": "done", "finished_on": None}
    )
    reopened = operations.change_measure(
        actor=coordinator, measure=done, expected_version=2, values={"status": "delayed", "finished_on": None}
    )

    assert (done.finished_on, reopened.finished_on) == (date(2026, 11, 21), None)


def test_a_day_that_nobody_knows_is_not_filled_in_later(coordinator, organisation) -> None:
    about = measure(organisation, status="done", finished_on=None)

    changed = operations.change_measure(
        actor=coordinator,
        measure=about,
        expected_version=1,
        values={"title": "Anders", "status": "done", "finished_on": None},
    )

    assert changed.finished_on is None


def test_a_note_has_its_author_and_is_added_once(coordinator, organisation) -> None:
    about, key = measure(organisation), uuid.uuid4()
    values = {"text": "Loopt goed.", "noted_on": date(2026, 11, 20)}

    for _ in range(2):
        operations.add_note(actor=coordinator, identifier=key, measure=about, values=values)

    assert [(note.text, note.author) for note in ProgressNote.objects.all()] == [("Loopt goed.", coordinator.label)]
    assert Entry.objects.get().action == "measure.noted"


def test_findings_are_numbered_and_activities_stand_at_the_end_of_their_year(coordinator, organisation) -> None:
    finding(organisation, number=6)
    activity(organisation, year=2026, order=4)

    found = operations.create_finding(
        actor=coordinator, identifier=uuid.uuid4(), values={"kind": "audit", "text": "Zwak"}
    )
    held = operations.create_activity(
        actor=coordinator, identifier=uuid.uuid4(), values={"title": "Training", "theme": "Training", "year": 2026}
    )

    assert (found.number, held.order) == (7, 5)


def test_a_heading_keeps_its_measures_under_another_name(coordinator, organisation) -> None:
    title = heading(organisation, "Oud", 1)
    measure(organisation, heading=title)

    operations.change_heading(actor=coordinator, heading=title, title="Nieuw", order=2)

    assert Measure.objects.get().heading.title == "Nieuw"
    assert Entry.objects.get().details["changes"] == {"title": ["Oud", "Nieuw"], "order": [1, 2]}


@pytest.mark.parametrize("role", ["secretary", "manager", "functional_administrator", "staff"])
def test_only_the_coordinator_changes_the_programme(actor_with, organisation, role) -> None:
    actor, about = actor_with(role), measure(organisation, title="Oud")
    row, weak, title = activity(organisation), finding(organisation), heading(organisation, "Rubriek")
    key = uuid.uuid4()

    attempts = (
        lambda: new_measure(actor),
        lambda: operations.change_measure(actor=actor, measure=about, expected_version=1, values={"title": "x"}),
        lambda: operations.add_note(actor=actor, identifier=key, measure=about, values={"text": "x"}),
        lambda: operations.create_heading(actor=actor, identifier=key, values={"title": "x"}),
        lambda: operations.change_heading(actor=actor, heading=title, title="x", order=1),
        lambda: operations.create_finding(actor=actor, identifier=key, values={"kind": "audit", "text": "x"}),
        lambda: operations.change_finding(actor=actor, finding=weak, expected_version=1, values={"text": "x"}),
        lambda: operations.create_activity(actor=actor, identifier=key, values={"title": "x", "year": 2026}),
        lambda: operations.change_activity(actor=actor, activity=row, expected_version=1, values={"title": "x"}),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert (Measure.objects.count(), Finding.objects.count(), Activity.objects.count()) == (1, 1, 1)
    assert not Entry.objects.exists()
