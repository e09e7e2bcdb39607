"""Several action plans: each numbers its own measures, and the newest is the one in which new measures come."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.programme import operations
from openintegriteit.programme.forms_bulk import versions_of
from openintegriteit.programme.models import ActionPlan, Measure, MeasureHeading
from openintegriteit.programme.queries import measures_by_heading
from openintegriteit.programme.tests.factories import heading, measure, plan_of

pytestmark = pytest.mark.database
FORM = {"title": "Doorlichten", "priority": "2", "status": "not_started"}


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


@pytest.fixture
def plans(organisation) -> tuple[ActionPlan, ActionPlan]:
    """A plan of before plans had a day, and a newer one."""
    newer = ActionPlan.objects.create(organisation=organisation, title="Plan 2026", started_on=date(2026, 1, 1))
    return plan_of(organisation), newer


def new(**values) -> dict:
    return FORM | {"submission": uuid.uuid4()} | values


def numbers() -> list[tuple[str, int]]:
    return [(row.plan.title, row.number) for row in Measure.objects.order_by("plan__title", "number")]


def test_the_newest_plan_is_the_one_that_began_last_and_never_one_without_a_day(plans, organisation) -> None:
    older = ActionPlan.objects.create(organisation=organisation, title="Plan 2022", started_on=date(2022, 1, 1))

    assert ActionPlan.objects.newest() == ActionPlan.objects.first() == plans[1]
    assert list(ActionPlan.objects.all()) == [plans[1], older, plans[0]]


def test_a_body_without_a_plan_has_no_newest(organisation) -> None:
    assert ActionPlan.objects.newest() is None
    assert list(Measure.objects.known_by_number()) == []


def test_a_measure_comes_in_the_newest_plan_or_in_the_chosen_one(client, plans) -> None:
    old, newer = plans
    shown = client.get(reverse("programme:measure_new")).context["form"]

    client.post(reverse("programme:measure_new"), new(plan=str(newer.pk)))
    for _ in range(2):
        client.post(reverse("programme:measure_new"), new(plan=str(old.pk)))

    assert shown["plan"].value() == newer.pk
    assert numbers() == [("Plan 2026", 1), ("Plan van aanpak", 1), ("Plan van aanpak", 2)]


def test_with_one_plan_there_is_nothing_to_choose(client, organisation) -> None:
    plan_of(organisation)

    assert "plan" not in client.get(reverse("programme:measure_new")).context["form"].fields
    assert "plan" not in client.get(reverse("programme:measures")).context["listing"].filters.fields
    assert client.post(reverse("programme:measure_new"), new()).status_code == 302


def test_a_program_that_names_no_plan_means_the_newest(coordinator, plans) -> None:
    made = operations.create_measure(actor=coordinator, identifier=uuid.uuid4(), values={"title": "M"})

    assert (made.plan, made.number) == (plans[1], 1)


def test_a_bare_number_means_a_measure_of_one_plan(plans, organisation) -> None:
    old, newer = plans
    first, second = (measure(organisation, number=1, plan=plan) for plan in (old, newer))

    assert Measure.objects.known_by_number().get(number=1) == second
    assert Measure.objects.known_by_number(first).get(number=1) == first


def test_a_heading_is_one_of_the_plan_of_the_measure(client, plans, organisation) -> None:
    newer = plans[1]
    under = heading(organisation, "Inkoop")
    wrong = client.post(reverse("programme:measure_new"), new(plan=str(newer.pk), heading=str(under.pk)))
    of_newer = measure(organisation, number=1, plan=newer)

    form = client.get(reverse("programme:measure_edit", args=[of_newer.pk])).context["form"]

    assert wrong.status_code == 422
    assert wrong.context["form"].errors["heading"] == ["Deze rubriek staat in een ander plan."]
    assert list(form.fields["heading"].queryset) == []


def test_many_measures_get_a_heading_of_their_own_plan_only(client, plans, organisation) -> None:
    under = heading(organisation, "Inkoop")
    rows = [measure(organisation, number=1, plan=plan) for plan in plans]
    form = {"heading": str(under.pk), "doen": "ja"}

    wrong = client.post(reverse("programme:measures_bulk"), form | {"measures": versions_of(rows)})
    right = client.post(reverse("programme:measures_bulk"), form | {"measures": versions_of(rows[:1])})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert [row.heading for row in Measure.objects.order_by("plan__title")] == [None, under]


def test_a_heading_is_added_to_the_chosen_plan(client, plans) -> None:
    old, newer = plans
    for plan in (old, newer, newer):
        form = {"title": "Inkoop", "order": "1", "plan": str(plan.pk), "submission": uuid.uuid4()}
        last = client.post(reverse("programme:headings"), form)

    assert last.status_code == 422
    assert {row.plan for row in MeasureHeading.objects.filter(title="Inkoop")} == {old, newer}
    assert MeasureHeading.objects.count() == 2


def test_the_list_is_filtered_by_plan_and_names_it(client, plans, organisation) -> None:
    old, newer = plans
    measure(organisation, number=1, plan=old)
    measure(organisation, number=2, plan=newer)

    response = client.get(reverse("programme:measures") + f"?plan={newer.pk}")
    both = client.get(reverse("programme:measures"))
    file = client.get(reverse("programme:measures") + "?formaat=csv").content.decode("utf-8-sig")

    assert [row.number for row in response.context["listing"].page] == [2]
    assert [row.number for row in both.context["listing"].page] == [1, 2]
    assert '<div class="oi-quiet">Plan 2026</div>' in both.content.decode()
    assert [line.rpartition(";")[2].strip('"') for line in file.splitlines()[1:]] == ["Plan van aanpak", "Plan 2026"]


def test_a_plan_begins_with_a_title_and_a_day(client, organisation) -> None:
    where = reverse("programme:action_plan_new")
    form = {"title": "Plan 2027", "started_on": "2027-01-01", "submission": uuid.uuid4()}

    without_day = client.post(where, form | {"started_on": ""})
    for _ in range(2):  # sending twice makes one
        client.post(where, form)
    taken = client.post(where, form | {"submission": uuid.uuid4()})

    assert (without_day.status_code, taken.status_code) == (422, 422)
    assert [(plan.title, plan.started_on) for plan in ActionPlan.objects.all()] == [("Plan 2027", date(2027, 1, 1))]
    assert [entry.action for entry in Entry.objects.all()] == ["action_plan.created"]


def test_two_people_give_a_plan_another_title(client, plans) -> None:
    where = reverse("programme:action_plan_edit", args=[plans[1].pk])
    form = {"started_on": "2026-01-01", "version": "1"}
    client.post(where, form | {"title": "Eerste"})

    stale = client.post(where, form | {"title": "Tweede"})
    dayless = client.post(where, {"title": "Eerste", "started_on": "", "version": "2"})

    assert (stale.status_code, dayless.status_code) == (409, 422)
    assert [(d.stored, d.typed) for d in stale.context["differences"]] == [("Eerste", "Tweede")]
    assert ActionPlan.objects.get(pk=plans[1].pk).title == "Eerste"


def test_a_plan_of_before_plans_had_a_day_can_do_without(client, plans) -> None:
    where = reverse("programme:action_plan_edit", args=[plans[0].pk])

    assert client.post(where, {"title": "Oud plan", "started_on": "", "version": "1"}).status_code == 302
    assert ActionPlan.objects.get(pk=plans[0].pk).title == "Oud plan"


def test_the_page_counts_the_measures_of_each_plan(client, plans, organisation) -> None:
    for number, status in ((1, "done"), (2, "delayed")):
        measure(organisation, number=number, plan=plans[0], status=status)

    def queries() -> int:
        return data_queries(lambda: client.get(reverse("programme:action_plans")))

    shown = client.get(reverse("programme:action_plans")).context["plans"]
    assert [(plan.title, plan.in_all, plan.still_open) for plan in shown] == [
        ("Plan 2026", 0, 0),
        ("Plan van aanpak", 2, 1),
    ]
    few = queries()
    ActionPlan.objects.bulk_create(ActionPlan(organisation=organisation, title=f"Plan {n}") for n in range(100))
    assert queries() == few


def test_the_account_tells_plan_by_plan_and_none_that_began_later(plans, organisation) -> None:
    old, newer = plans
    measure(organisation, number=1, plan=old, heading=heading(organisation, "Inkoop"))
    measure(organisation, number=1, plan=newer)

    both = [(group.title, len(group.measures)) for group in measures_by_heading(date(2026, 3, 31))]
    before = [(group.title, len(group.measures)) for group in measures_by_heading(date(2025, 12, 31))]

    assert both == [("Plan 2026", 1), ("Plan van aanpak: Inkoop", 1)]
    assert before == [("Inkoop", 1)]


def test_only_the_coordinator_begins_and_names_plans(actor_with, client_as, plans) -> None:
    actor = actor_with("secretary")

    attempts = (
        lambda: operations.create_action_plan(actor=actor, identifier=uuid.uuid4(), values={"title": "x"}),
        lambda: operations.change_action_plan(actor=actor, plan=plans[0], expected_version=1, values={"title": "x"}),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert client_as("manager").get(reverse("programme:action_plans")).status_code == 200
    assert client_as("staff").get(reverse("programme:action_plans")).status_code == 403
    assert sorted(plan.title for plan in ActionPlan.objects.all()) == ["Plan 2026", "Plan van aanpak"]


def test_a_plan_of_another_body_can_be_neither_opened_nor_chosen(client, plans, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        theirs = ActionPlan.objects.create(organisation=other_organisation, title="Hun plan")

    assert client.get(reverse("programme:action_plan_edit", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("programme:measure_new"), new(plan=str(theirs.pk))).status_code == 422
    assert not Measure.objects.exists()
