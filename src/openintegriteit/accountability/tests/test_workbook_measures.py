"""What measures in a workbook are for, and the plan in which they stand."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from openintegriteit.accountability import importers
from openintegriteit.accountability.tests.factories import workbook
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.event_log.models import Entry
from openintegriteit.policy.models import PlanGoal, PolicyPlan
from openintegriteit.programme.carrying import carry_over
from openintegriteit.programme.models import ActionPlan, Measure
from openintegriteit.programme.tests.factories import measure, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def goal(organisation) -> PlanGoal:
    plan = PolicyPlan.objects.create(organisation=organisation, title="Beleidsplan")
    return PlanGoal.objects.create(organisation=organisation, plan=plan, number=3, text="Iedereen kent de code")


@pytest.fixture
def plans(organisation) -> tuple[ActionPlan, ActionPlan]:
    newest = ActionPlan.objects.create(organisation=organisation, title="Plan 2026", started_on=date(2026, 1, 1))
    return plan_of(organisation), newest


def row(**values):
    return {"Nummer": 1, "Maatregel": "Eed"} | {head.replace("_", " "): value for head, value in values.items()}


def read(organisation, *rows, **sheets):
    return importers.read_year(workbook(Maatregelen=list(rows), **sheets), organisation)


def bring_in(actor, organisation, *rows, **sheets):
    return importers.apply(read(organisation, *rows, **sheets), actor=actor)


def stands() -> list[tuple[str, int, str]]:
    rows = Measure.objects.select_related("plan").order_by("plan__title", "number")
    return [(found.plan.title, found.number, found.title) for found in rows]


@pytest.mark.parametrize("goal_cell", ["3", "iedereen kent de CODE", "3. Iedereen kent de code"])
@pytest.mark.parametrize("duty", ["AW-04-1", "Ambtenarenwet 2017, artikel 4, lid 1"])
def test_a_measure_gets_its_goal_obligation_and_plan(coordinator, organisation, goal, plans, goal_cell, duty) -> None:
    cells = row(Doel_uit_het_beleidsplan=goal_cell, Verplichting=duty, Plan_van_aanpak="plan van aanpak")

    bring_in(coordinator, organisation, cells)
    entries = Entry.objects.count()
    again = bring_in(coordinator, organisation, cells)

    made = Measure.objects.get()
    assert (made.goal, made.obligation, made.plan) == (goal, "AW-04-1", plans[0])
    assert again.changes == ()
    assert Entry.objects.count() == entries


def test_what_the_list_exports_can_be_read_in(coordinator, client_as, organisation, goal, plans) -> None:
    measure(organisation, number=1, title="Eed", goal=goal, obligation="AW-04-2", plan=plans[0], status="done")
    exported = client_as("coordinator").get(reverse("programme:measures") + "?formaat=xlsx")
    heads, cells = (list(line.cells) for line in read_workbook(exported.getvalue(), name="lijst").sheets[0].rows)
    listed = dict(zip(heads, cells, strict=True))
    same = {head: listed[head] for head in ("Nummer", "Maatregel", "Stand", "Plan van aanpak")}
    what_for = {head: listed[head] for head in ("Doel uit het beleidsplan", "Verplichting")}

    changes = bring_in(coordinator, organisation, same | what_for)

    assert [change for change in changes.changes if change.sheet == "Maatregelen"] == []


def test_without_the_columns_what_a_measure_is_for_stays(coordinator, organisation, goal) -> None:
    measure(organisation, number=1, title="Oud", goal=goal, obligation="AW-04-1")

    bring_in(coordinator, organisation, row())

    assert (Measure.objects.get().title, Measure.objects.get().goal, Measure.objects.get().obligation) == (
        "Eed",
        goal,
        "AW-04-1",
    )


def test_an_empty_cell_takes_them_away(coordinator, organisation, goal) -> None:
    measure(organisation, number=1, title="Eed", goal=goal, obligation="AW-04-1")

    bring_in(coordinator, organisation, row(Doel_uit_het_beleidsplan=None, Verplichting=None))

    assert (Measure.objects.get().goal, Measure.objects.get().obligation) == (None, "")


def test_the_same_number_can_stand_in_two_plans(coordinator, organisation, plans) -> None:
    rows = [row(Plan_van_aanpak=None), row(Maatregel="Code", Plan_van_aanpak="Plan van aanpak")]
    notes = [{"Maatregel": 1, "Bericht": "Begonnen"}]

    bring_in(coordinator, organisation, *rows, Voortgang=notes)

    assert stands() == [("Plan 2026", 1, "Eed"), ("Plan van aanpak", 1, "Code")]
    assert Measure.objects.get(notes__text="Begonnen").plan == plans[1]


def test_the_first_plan_of_a_body_can_come_from_the_file(coordinator, organisation) -> None:
    bring_in(coordinator, organisation, row(Plan_van_aanpak="Plan 2022"), row(Nummer=2))

    assert stands() == [("Plan 2022", 1, "Eed"), ("Plan 2022", 2, "Eed")]


def problems(file) -> list[str]:
    return [str(error) for error in file.errors]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Doel_uit_het_beleidsplan": "8"}, "kolom Doel uit het beleidsplan: dit doel staat in geen beleidsplan."),
        ({"Verplichting": "Wet X"}, "kolom Verplichting: deze verplichting kennen wij niet."),
        ({"Plan_van_aanpak": "Plan 1999"}, "kolom Plan van aanpak: er is geen plan van aanpak met deze titel."),
    ],
)
def test_what_we_do_not_know_is_named_with_its_row(organisation, goal, plans, cells, problem) -> None:
    found = problems(read(organisation, row(**cells)))

    assert len(found) == 1
    assert "rij 2" in found[0]
    assert problem in found[0]


def test_a_number_that_two_policy_plans_have_asks_for_the_words(organisation, goal) -> None:
    other = PolicyPlan.objects.create(organisation=organisation, title="Ander plan")
    PlanGoal.objects.create(organisation=organisation, plan=other, number=3, text="Iets anders")

    assert "Schrijf nummer en tekst" in problems(read(organisation, row(Doel_uit_het_beleidsplan="3")))[0]
    assert problems(read(organisation, row(Doel_uit_het_beleidsplan="3. Iets anders"))) == []


def test_a_measure_that_was_taken_over_is_named_where_it_is(coordinator, organisation, plans) -> None:
    measure(organisation, number=1, plan=plans[1])
    old = measure(organisation, number=1)
    carry_over(actor=coordinator, earlier=plans[0], newest=plans[1], versions={old.pk: 1})

    found = problems(read(organisation, row(Plan_van_aanpak="Plan van aanpak")))

    assert "Schrijf plan Plan 2026 en nummer 2." in found[0]


def test_a_bare_number_of_several_plans_is_not_guessed(organisation, plans) -> None:
    oldest = ActionPlan.objects.create(organisation=organisation, title="Plan 2018", started_on=date(2018, 1, 1))
    rows = [row(Plan_van_aanpak=plan.title) for plan in (plans[0], oldest)]

    found = problems(read(organisation, *rows, Voortgang=[{"Maatregel": 1, "Bericht": str(uuid4())}]))

    assert "Voortgang, rij 2" in found[0]
    assert "Lees de maatregelen van één plan tegelijk in." in found[0]


def test_the_same_measure_twice_is_a_mistake(organisation, plans) -> None:
    found = problems(read(organisation, row(Plan_van_aanpak="Plan 2026"), row(Plan_van_aanpak=None)))

    assert "dit is hetzelfde als rij 2" in found[0]
