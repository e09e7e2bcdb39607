"""The newest action plan takes over open measures of an earlier one, and every earlier account stays right."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from openintegriteit.core.contracts import Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.programme import operations
from openintegriteit.programme.carrying import NotTheNewest, carry_over
from openintegriteit.programme.forms_bulk import versions_of
from openintegriteit.programme.models import ActionPlan, Measure, MeasureHeading
from openintegriteit.programme.queries import measures_by_heading
from openintegriteit.programme.tests.factories import heading, measure, plan_of
from openintegriteit.programme.yearbook import figures

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


@pytest.fixture
def plans(organisation) -> tuple[ActionPlan, ActionPlan]:
    """An earlier plan and the newest, which begins next year."""
    newest = ActionPlan.objects.create(organisation=organisation, title="Plan 2027", started_on=date(2027, 1, 1))
    return plan_of(organisation), newest


def carry(actor, plans, *rows):
    earlier, newest = plans
    versions = {row.pk: row.version for row in rows}
    return carry_over(actor=actor, earlier=earlier, newest=newest, versions=versions)


def stands() -> list[tuple[str, int, str]]:
    rows = Measure.objects.select_related("plan").order_by("plan__title", "number")
    return [(row.plan.title, row.number, row.title) for row in rows]


# -- The operation ---------------------------------------------------------------------------------------------------


def test_a_measure_moves_on_with_its_heading_a_note_and_an_entry(coordinator, plans, organisation) -> None:
    row = measure(organisation, number=7, title="Inkoop", heading=heading(organisation, "Toezicht"))
    note = {"text": "Eerder bericht", "noted_on": date(2026, 3, 1)}
    operations.add_note(actor=coordinator, identifier=row.pk, measure=row, values=note)

    outcome = carry(coordinator, plans, row)

    moved = Measure.objects.get()
    newest_note = moved.notes.first()
    entry = Entry.objects.get(action="measure.taken_over")
    assert (outcome.changed, outcome.left) == (1, ())
    assert (moved.pk, moved.plan, moved.number, moved.version) == (row.pk, plans[1], 7, row.version + 1)
    assert (moved.heading.title, moved.heading.plan) == ("Toezicht", plans[1])
    assert newest_note.text == "Overgenomen uit het plan “Plan van aanpak”, waar dit nummer 7 was."
    assert (newest_note.noted_on, newest_note.author) == (date(2026, 11, 21), coordinator.label)
    assert moved.notes.count() == 2
    assert entry.subject_id == str(row.pk)
    assert entry.details["changes"] == {
        "plan": ["Plan van aanpak", "Plan 2027"],
        "heading": ["Toezicht", "Toezicht"],  # the one of the newest plan
    }


def test_the_note_is_dutch_whoever_moves_it(coordinator, plans, organisation) -> None:
    row = measure(organisation, number=7)

    with translation.override("en"):
        carry(coordinator, plans, row)

    assert row.notes.get().text.startswith("Overgenomen uit het plan")


def test_a_number_that_is_taken_becomes_the_next(coordinator, plans, organisation) -> None:
    rows = [measure(organisation, number=number, title=f"Oud {number}") for number in (1, 2, 9)]
    measure(organisation, number=1, title="Nieuw", plan=plans[1])

    carry(coordinator, plans, *rows)

    assert stands() == [
        ("Plan 2027", 1, "Nieuw"),
        ("Plan 2027", 2, "Oud 2"),
        ("Plan 2027", 9, "Oud 9"),
        ("Plan 2027", 10, "Oud 1"),
    ]


def test_the_number_in_the_earlier_plan_is_never_given_again(coordinator, plans, organisation) -> None:
    carry(coordinator, plans, measure(organisation, number=4))

    added = operations.create_measure(
        actor=coordinator, identifier=plans[0].pk, values={"title": "Later", "plan": plans[0]}
    )

    assert (added.plan, added.number) == (plans[0], 5)


def test_headings_of_the_same_title_are_one(coordinator, plans, organisation) -> None:
    MeasureHeading.objects.create(organisation=organisation, plan=plans[1], title="Toezicht", order=3)
    first, second = heading(organisation, "Toezicht"), heading(organisation, "Meldingen")
    rows = [measure(organisation, number=number, heading=under) for number, under in ((1, first), (2, second))]
    rows.append(measure(organisation, number=3))

    carry(coordinator, plans, *rows)

    made = MeasureHeading.objects.filter(plan=plans[1])
    assert [(row.title, row.order) for row in made] == [("Toezicht", 3), ("Meldingen", 4)]
    assert [row.heading and row.heading.title for row in Measure.objects.all()] == ["Toezicht", "Meldingen", None]
    assert Entry.objects.filter(action="heading.created").count() == 1


def test_what_was_closed_or_changed_meanwhile_stays_and_the_rest_goes_on(coordinator, plans, organisation) -> None:
    rows = [measure(organisation, number=number, title=f"Oud {number}") for number in (1, 2, 3)]
    Measure.objects.filter(pk=rows[0].pk).update(status="done", version=2)
    Measure.objects.filter(pk=rows[1].pk).update(owner="Een ander", version=2)

    outcome = carry(coordinator, plans, *rows)

    assert (outcome.changed, [row.number for row in outcome.left]) == (1, [1, 2])
    assert stands() == [("Plan 2027", 3, "Oud 3"), ("Plan van aanpak", 1, "Oud 1"), ("Plan van aanpak", 2, "Oud 2")]


def test_a_closed_measure_is_not_taken_over(coordinator, plans, organisation) -> None:
    rows = [measure(organisation, number=number, status=status) for number, status in enumerate(("done", "dropped"), 1)]

    assert carry(coordinator, plans, *rows).changed == 0
    assert {row.plan for row in Measure.objects.all()} == {plans[0]}


def test_doing_it_twice_moves_nothing_more(coordinator, plans, organisation) -> None:
    row = measure(organisation, number=1)
    carry(coordinator, plans, row)

    outcome = carry(coordinator, plans, row)

    assert (outcome.changed, outcome.left) == (0, ())
    assert Measure.objects.get().notes.count() == 1
    assert Entry.objects.filter(action="measure.taken_over").count() == 1


def test_only_the_newest_plan_takes_over(coordinator, plans, organisation) -> None:
    row = measure(organisation, number=1)
    ActionPlan.objects.create(organisation=organisation, title="Plan 2030", started_on=date(2030, 1, 1))

    for pair in (plans, (plans[1], plans[1])):
        with pytest.raises(NotTheNewest):
            carry(coordinator, pair, row)

    assert Measure.objects.get().plan == plans[0]


def test_without_the_permission_nothing_moves(actor_with, plans, organisation) -> None:
    row = measure(organisation, number=1)

    with pytest.raises(PermissionDenied):
        carry(actor_with("secretary"), plans, row)

    assert Measure.objects.get().plan == plans[0]


# -- Earlier accounts ------------------------------------------------------------------------------------------------


def told(day: date | None) -> list[tuple[str, list[int]]]:
    return [(group.title, [row.number for row in group.measures]) for group in measures_by_heading(day)]


def test_an_account_tells_a_measure_where_it_stood_on_its_day(coordinator, plans, organisation) -> None:
    under = heading(organisation, "Toezicht")
    rows = [measure(organisation, number=number, heading=under) for number in (1, 2)]
    measure(organisation, number=1, plan=plans[1])
    carry(coordinator, plans, rows[0])

    assert told(date(2026, 3, 31)) == [("Toezicht", [1, 2])]
    assert told(date(2026, 12, 31)) == [("Toezicht", [1, 2])]  # taken over by now, but the plan has yet to begin
    in_the_new_plan = [("Plan 2027: Toezicht", [2]), ("Plan 2027", [1]), ("Plan van aanpak: Toezicht", [2])]
    assert told(date(2027, 3, 31)) == in_the_new_plan
    assert told(None) == in_the_new_plan


def test_a_measure_that_moved_twice_is_found_in_each_plan_of_its_time(coordinator, plans, organisation) -> None:
    with time_machine.travel("2027-02-01 12:00", tick=False):
        carry(coordinator, plans, measure(organisation, number=5))
    third = ActionPlan.objects.create(organisation=organisation, title="Plan 2030", started_on=date(2030, 1, 1))
    measure(organisation, number=5, plan=third)
    with time_machine.travel("2030-02-01 12:00", tick=False):
        carry(coordinator, (plans[1], third), Measure.objects.get(plan=plans[1]))

    places = [
        (day, [(row.title, [m.number for m in row.measures]) for row in measures_by_heading(day)])
        for day in (date(2027, 1, 15), date(2027, 2, 1), date(2030, 1, 31), date(2030, 2, 1))
    ]

    assert places == [
        (date(2027, 1, 15), [("", [5])]),
        (date(2027, 2, 1), [("", [5])]),
        (date(2030, 1, 31), [("Plan 2030", [5]), ("Plan 2027", [5])]),
        (date(2030, 2, 1), [("", [5, 6])]),
    ]


def test_the_figure_of_the_measures_stays_the_same(coordinator, plans, organisation) -> None:
    row = measure(organisation, number=1)

    def in_plan() -> list[object]:
        counted = figures(organisation.pk, [Period(2026, date(2027, 3, 31))])
        return [figure.value for figure in counted if figure.code == "measures-in-plan"]

    before = in_plan()
    carry(coordinator, plans, row)

    assert before == in_plan() == [1]


# -- The pages -------------------------------------------------------------------------------------------------------


def address(plan: ActionPlan) -> str:
    return reverse("programme:measures_carry", args=[plan.pk])


def test_all_open_measures_are_ticked_and_what_is_ticked_moves(client, plans, organisation) -> None:
    rows = [measure(organisation, number=number, title=f"Oud {number}") for number in (1, 2)]
    measure(organisation, number=3, status="done")
    measure(organisation, number=1, title="Nieuw", plan=plans[1])

    shown = client.get(address(plans[0]))
    sent = client.post(address(plans[0]), {"newest": plans[1].pk, "measures": [versions_of(rows[:1])]}, follow=True)

    lines = shown.context["lines"]
    assert [(line.carried.measure.number, line.carried.keeps_number, line.ticked) for line in lines] == [
        (1, False, True),
        (2, True, True),
    ]
    assert "krijgt een nieuw nummer (1 is bezet)" in shown.content.decode()
    assert "1 maatregel is overgenomen." in sent.content.decode()
    assert stands()[:2] == [("Plan 2027", 1, "Nieuw"), ("Plan 2027", 2, "Oud 1")]
    page = client.get(reverse("measure", args=[rows[0].pk])).content.decode()
    assert "Plan van aanpak, nummer 1" in page
    assert "Overgenomen in een ander plan van aanpak" in page


def test_sending_twice_moves_once_and_says_so(client, plans, organisation) -> None:
    sent = {"newest": plans[1].pk, "measures": [versions_of([measure(organisation, number=1)])]}
    client.post(address(plans[0]), sent)

    again = client.post(address(plans[0]), sent, follow=True)

    assert "Er hoefde niets te worden overgenomen: dat was al gebeurd." in again.content.decode()
    assert Entry.objects.filter(action="measure.taken_over").count() == 1


def test_a_measure_that_was_closed_meanwhile_is_named(client, plans, organisation) -> None:
    rows = [measure(organisation, number=number) for number in (1, 2, 3)]
    sent = {"newest": plans[1].pk, "measures": [versions_of([row]) for row in rows]}
    Measure.objects.filter(pk=rows[0].pk).update(status="done", version=2)
    Measure.objects.filter(pk=rows[1].pk).update(owner="Een ander", version=2)

    response = client.post(address(plans[0]), sent)

    assert response.status_code == 409
    stayed = response.context["standstill"]
    assert (stayed.taken, stayed.closed, stayed.changed) == (1, (rows[0],), (rows[1],))
    assert [(line.carried.measure, line.ticked) for line in response.context["lines"]] == [(rows[1], True)]
    assert "1. Maatregel 1</a> (klaar)" in response.content.decode()


def test_a_plan_that_is_not_the_newest_any_more_takes_nothing_over(client, plans, organisation) -> None:
    row = measure(organisation, number=1)
    ActionPlan.objects.create(organisation=organisation, title="Plan 2030", started_on=date(2030, 1, 1))

    response = client.post(address(plans[0]), {"newest": plans[1].pk, "measures": [versions_of([row])]})

    assert response.status_code == 409
    assert "Intussen is Plan 2030 het nieuwste plan geworden." in response.content.decode()
    assert Measure.objects.get().plan == plans[0]


@pytest.mark.parametrize("ticked", [[], ["x:1"], ["x"]])
def test_without_a_measure_of_ours_nothing_moves(client, plans, organisation, ticked) -> None:
    measure(organisation, number=1)

    response = client.post(address(plans[0]), {"newest": plans[1].pk, "measures": ticked})

    assert response.status_code == 422
    assert [line.ticked for line in response.context["lines"]] == [False]


def test_the_newest_plan_and_one_without_open_measures_say_so(client, plans) -> None:
    assert "Dit is het nieuwste plan" in client.get(address(plans[1])).content.decode()
    assert "In dit plan staan geen open maatregelen meer" in client.get(address(plans[0])).content.decode()


def test_the_plans_lead_to_it_and_count_what_moved_on(client, client_as, plans, organisation) -> None:
    rows = [measure(organisation, number=number) for number in (1, 2, 3)]
    plans_page = reverse("programme:action_plans")
    link = f'href="{address(plans[0])}"'
    before = client.get(plans_page).content.decode()

    client.post(address(plans[0]), {"newest": plans[1].pk, "measures": [versions_of([row]) for row in rows[:2]]})

    counted = {plan.title: (plan.in_all, plan.still_open, plan.moved_on) for plan in _plans(client)}
    assert link in before
    assert link not in client_as("manager").get(plans_page).content.decode()
    assert counted == {"Plan 2027": (2, 2, 0), "Plan van aanpak": (1, 1, 2)}


def _plans(client):
    return client.get(reverse("programme:action_plans")).context["plans"]


def test_a_plan_of_another_body_is_not_there(client, plans, organisation, other_organisation) -> None:
    row = measure(organisation, number=1)
    with organisation_scope(other_organisation.pk):
        theirs = ActionPlan.objects.create(organisation=other_organisation, title="Hun plan")

    sent = {"newest": theirs.pk, "measures": [versions_of([row])]}

    assert client.get(address(theirs)).status_code == 404
    assert client.post(address(plans[0]), sent).status_code == 404


def test_the_page_asks_as_much_of_the_database_for_many_measures(client, plans, organisation) -> None:
    def queries(numbers) -> int:
        for number in numbers:
            measure(organisation, number=number)
        return data_queries(lambda: client.get(address(plans[0])))

    assert queries(range(1, 4)) == queries(range(4, 60))
