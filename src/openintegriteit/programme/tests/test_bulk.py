import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.models import Person
from openintegriteit.programme.bulk import MOST_AT_ONCE, change_measures
from openintegriteit.programme.forms_bulk import versions_of
from openintegriteit.programme.models import Measure
from openintegriteit.programme.tests.factories import heading, measure, plan_of

pytestmark = pytest.mark.database
ADDRESS = "programme:measures_bulk"


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def entries() -> list[dict]:
    changed = Entry.objects.filter(action="measure.changed").order_by("number")
    return [entry.details["changes"] for entry in changed]


def change(actor, *rows, **values):
    return change_measures(actor=actor, versions={row.pk: row.version for row in rows}, values=values)


# -- The operation ---------------------------------------------------------------------------------------------------


def test_each_measure_gets_an_entry_of_its_own(coordinator, organisation) -> None:
    first = measure(organisation, number=1, owner="Inkoop")
    second = measure(organisation, number=2, owner="Financiën")
    third = measure(organisation, number=3, owner="P&O")

    outcome = change(coordinator, first, second, third, owner="Financiën")

    assert (outcome.changed, outcome.left) == (2, ())
    assert entries() == [{"owner": ["Inkoop", "Financiën"]}, {"owner": ["P&O", "Financiën"]}]
    assert [(row.owner, row.version) for row in Measure.objects.all()] == [("Financiën", n) for n in (2, 1, 2)]


def test_what_somebody_else_changed_is_left_alone_and_the_rest_is_done(coordinator, organisation) -> None:
    seen, other = measure(organisation, number=1), measure(organisation, number=2)
    Measure.objects.filter(pk=other.pk).update(version=2, title="Van een ander")

    outcome = change(coordinator, seen, other, pillar=3)

    assert (outcome.changed, [row.title for row in outcome.left]) == (1, ["Van een ander"])
    assert [row.pillar for row in Measure.objects.all()] == [3, None]


def test_doing_it_twice_changes_nothing_more(coordinator, organisation) -> None:
    row = measure(organisation)
    change(coordinator, row, status="done")

    outcome = change(coordinator, row, status="done")

    assert (outcome.changed, outcome.left) == (0, ())
    assert len(entries()) == 1


@pytest.mark.parametrize(
    ("was", "finished_on", "status", "expected"),
    [
        ("delayed", None, "done", date(2026, 11, 21)),
        ("done", date(2025, 3, 1), "done", date(2025, 3, 1)),
        ("done", None, "done", None),
        ("done", date(2025, 3, 1), "dropped", None),
    ],
)
def test_the_finished_day_goes_with_the_status(coordinator, organisation, was, finished_on, status, expected) -> None:
    row = measure(organisation, status=was, finished_on=finished_on)

    change(coordinator, row, status=status)

    assert (Measure.objects.get().status, Measure.objects.get().finished_on) == (status, expected)


def test_a_person_names_only_a_measure_without_owner(coordinator, organisation) -> None:
    person = Person.objects.create(organisation=organisation, personnel_number="7", family_name="Bakker")
    named, unnamed = measure(organisation, number=1, owner="Inkoop"), measure(organisation, number=2)

    change(coordinator, named, unnamed, owner_person=person)

    assert [(row.owner, row.owner_person) for row in Measure.objects.all()] == [
        ("Inkoop", person),
        ("Bakker", person),
    ]


def test_without_the_permission_nothing_changes(actor_with, organisation) -> None:
    row = measure(organisation)

    with pytest.raises(PermissionDenied):
        change(actor_with("internal_auditor"), row, status="done")

    assert Measure.objects.get().status == "not_started"
    assert entries() == []


# -- The pages -------------------------------------------------------------------------------------------------------


def test_ticked_measures_are_changed_after_a_preview(client, organisation) -> None:
    under = heading(organisation, "Inkoop")
    first, second = measure(organisation, number=1, due_on=date(2026, 1, 1)), measure(organisation, number=2)
    chosen = client.get(reverse(ADDRESS), {"rij": [first.pk, second.pk]}).context
    form = {"measures": chosen["form"]["measures"].value(), "heading": str(under.pk), "emptied": ["due_on"]}

    preview = client.post(reverse(ADDRESS), form)

    assert [[(c.label, c.stored, c.typed) for c in line.changes] for line in preview.context["lines"]] == [
        [("rubriek", "", "Inkoop"), ("einddatum", "1 januari 2026", "")],
        [("rubriek", "", "Inkoop")],
    ]
    assert entries() == []

    done = client.post(reverse(ADDRESS), hidden_of(preview) | {"doen": "ja"})

    assert (done.status_code, done["Location"]) == (302, reverse("programme:measures"))
    assert [(row.heading, row.due_on) for row in Measure.objects.all()] == [(under, None), (under, None)]


def hidden_of(response) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in response.context["hidden"]:
        sent.setdefault(name, []).append(value)
    return sent


def test_all_that_the_filter_shows_can_be_chosen(client, organisation) -> None:
    measure(organisation, number=1, pillar=5)
    measure(organisation, number=2, pillar=6)

    response = client.get(reverse(ADDRESS), {"alles": "ja", "pijler": "5"})

    assert [row.number for row in response.context["chosen"]] == [1]


def test_more_than_five_hundred_are_refused(client, organisation) -> None:
    plan = plan_of(organisation)
    numbers = range(1, MOST_AT_ONCE + 2)
    rows = [Measure(organisation=organisation, plan=plan, number=number, title="M") for number in numbers]
    Measure.objects.bulk_create(rows)

    page = client.get(reverse(ADDRESS), {"alles": "ja"})
    sent = client.post(reverse(ADDRESS), {"measures": versions_of(rows), "status": "done", "doen": "ja"})

    assert page.context["too_many"]
    assert sent.status_code == 422
    assert not Measure.objects.filter(status="done").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner": "Getypt", "due_on": "31-02-2026"},
        {"owner": "Getypt", "emptied": ["owner"]},
        {"owner": "Getypt", "owner_person": "Niemand"},
        {"owner": "Getypt", "status": "weg"},
        {"owner": "Getypt", "measures": "x:1"},
        {"owner": "Getypt", "measures": ""},
    ],
)
def test_what_cannot_be_done_comes_back_as_it_was_typed(client, organisation, wrong) -> None:
    row = measure(organisation)

    response = client.post(reverse(ADDRESS), {"measures": versions_of([row]), "doen": "ja"} | wrong)

    assert response.status_code == 422
    assert 'value="Getypt"' in response.content.decode()
    assert entries() == []


def test_a_form_that_changes_nothing_asks_what_must_change(client, organisation) -> None:
    response = client.post(reverse(ADDRESS), {"measures": versions_of([measure(organisation)])})

    assert response.status_code == 422


@pytest.mark.parametrize("asked", [{}, {"rij": "x"}, {"rij": str(uuid.uuid4())}])
def test_without_chosen_measures_the_page_says_so(client, asked) -> None:
    assert "U hebt geen maatregel gekozen" in client.get(reverse(ADDRESS), asked).content.decode()


def test_measures_that_were_left_alone_are_named(client, organisation) -> None:
    row, other = measure(organisation, number=1), measure(organisation, number=2, title="Van een ander")
    sent = {"measures": versions_of([row, other]), "status": "done", "doen": "ja"}
    Measure.objects.filter(pk=other.pk).update(version=2)

    response = client.post(reverse(ADDRESS), sent)

    assert response.status_code == 409
    assert "2. Van een ander" in response.content.decode()
    assert dict(response.context["hidden"])["measures"] == f"{other.pk}:2"
    assert [row.status for row in Measure.objects.all()] == ["done", "not_started"]


def test_one_can_go_back_from_the_preview_to_what_was_typed(client, organisation) -> None:
    sent = {"measures": versions_of([measure(organisation)]), "owner": "Getypt", "terug": "ja"}

    response = client.post(reverse(ADDRESS), sent)

    assert (response.status_code, response.context["form"]["owner"].value()) == (200, "Getypt")


def test_a_preview_asks_as_much_of_the_database_for_many_measures(client, organisation) -> None:
    under, plan = heading(organisation, "Inkoop"), plan_of(organisation)

    def queries(numbers) -> int:
        rows = [Measure(organisation=organisation, plan=plan, number=n, title="M", heading=under) for n in numbers]
        Measure.objects.bulk_create(rows)
        return data_queries(lambda: client.post(reverse(ADDRESS), {"measures": versions_of(rows), "status": "done"}))

    assert queries(range(1, 4)) == queries(range(4, 300))


def test_only_who_may_change_sees_boxes_to_tick(client, client_as, organisation) -> None:
    row = measure(organisation)
    box = f'name="rij" value="{row.pk}"'

    assert box in client.get(reverse("programme:measures")).content.decode()
    assert box not in client_as("manager").get(reverse("programme:measures")).content.decode()
