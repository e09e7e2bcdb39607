"""The pages of a policy plan: writing it, adopting it, and seeing what is done for its goals."""

import re
import uuid
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.policy import operations_plans as operations
from openintegriteit.policy.models import PlanGoal, PlanMeans, PlanRole, PolicyPlan
from openintegriteit.policy.plans import content_of
from openintegriteit.policy.tests.factories import plan
from openintegriteit.programme.models import Measure
from openintegriteit.programme.tests.factories import measure

pytestmark = pytest.mark.database
DAY = date(2026, 2, 24)


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


@pytest.fixture
def adopted(organisation, actor_with) -> PolicyPlan:
    made = plan(organisation, title="Beleidsplan", vision="Wij zijn eerlijk.")
    PlanGoal.objects.create(organisation=organisation, plan=made, number=1, pillar=1, text="Iedereen kent de waarden.")
    return operations.adopt_plan(
        actor=actor_with("coordinator"),
        plan=made,
        seen=content_of(made).mark,
        adopted_by="het college",
        adopted_on=DAY,
    )


def words(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def address(name: str, *args) -> str:
    return reverse(f"policy:{name}", args=args)


def new(**values) -> dict:
    return {"submission": uuid.uuid4()} | values


def shown(client, about: PolicyPlan) -> str:
    return words(client.get(reverse("policy_plan", args=[about.pk])))


def test_a_plan_is_written_adopted_and_followed_by_the_next(client) -> None:
    client.post(address("plan_new"), new(title="Beleidsplan", vision="Wij zijn eerlijk."))
    made = PolicyPlan.objects.get()
    goal = new(text="Iedereen kent de waarden.", pillar="1", seen_by="90% in de meting", due_on="2028-01-01")
    for _ in range(2):  # sending twice makes one
        client.post(address("plan_part_new", made.pk, "doel"), goal)
    client.post(address("plan_part_new", made.pk, "rol"), new(name="Coördinator", task="Houdt bij", who="Team P&O"))
    means = new(budget_line="Integriteit", year="2026", euros="25000", hours="400")
    client.post(address("plan_part_new", made.pk, "middelen"), means)

    seen = client.get(address("plan_adopt", made.pk)).context["form"]["seen"].value()
    answer = {"seen": seen, "adopted_by": "het college", "adopted_on": "2026-02-24"}
    for _ in range(2):
        assert client.post(address("plan_adopt", made.pk), answer).status_code == 302
    for _ in range(2):
        client.post(address("plan_next", made.pk))

    told = shown(client, made)
    for part in (
        "Versie 1, die nu geldt",
        "Wij zijn eerlijk.",
        "Doel 1 Iedereen kent de waarden.",
        "Bereikt als: 90% in de meting",
        "Voor 1 januari 2028",
        "Coördinator Houdt bij Team P&O",
        "2026 Integriteit € 25.000, 400 uur",
        "Vastgesteld door het college op 24 februari 2026",
    ):
        assert part in told
    assert [(row.edition, row.adopted_on) for row in PolicyPlan.objects.order_by("edition")] == [(1, DAY), (2, None)]
    assert [PlanGoal.objects.count(), PlanRole.objects.count(), PlanMeans.objects.count()] == [2, 2, 2]
    following = shown(client, PolicyPlan.objects.get(edition=2))
    assert "Tot deze versie is vastgesteld, geldt een andere: versie 1" in following
    assert "Wat anders is dan in versie 1 Er is nog niets anders." in following


def test_what_changed_between_versions_is_told(client, adopted) -> None:
    client.post(address("plan_next", adopted.pk))
    following = PolicyPlan.objects.get(edition=2)
    form = {"title": "Beleidsplan", "vision": "Wij zijn open.", "version": "1"}
    client.post(address("plan_edit", following.pk), form)

    page = client.get(reverse("policy_plan", args=[following.pk]))

    changes = page.context["changes"]
    assert [(change.gone, change.come) for change in changes] == [(("Wij zijn eerlijk.",), ("Wij zijn open.",))]
    assert "Visie Wij zijn eerlijk. Wij zijn open." in words(page)


def test_a_form_that_was_open_while_the_plan_was_adopted_changes_nothing_and_loses_nothing(client, adopted) -> None:
    goal, entries = PlanGoal.objects.get(), Entry.objects.count()
    forms = (
        (address("plan_edit", adopted.pk), {"title": "Anders", "vision": "Te laat getypt", "version": "1"}),
        (address("plan_edit", adopted.pk), {"title": "Anders", "vision": "Te laat getypt", "version": "2"}),
        (address("plan_part_new", adopted.pk, "doel"), new(text="Te laat getypt")),
        (address("plan_part_edit", "doel", goal.pk), {"text": "Te laat getypt", "version": "1"}),
    )

    for where, form in forms:
        response = client.post(where, form)
        assert response.status_code == 409
        assert "Te laat getypt" in words(response)
        assert client.get(where).url == reverse("policy_plan", args=[adopted.pk])
    assert client.post(address("plan_part_remove", "doel", goal.pk)).status_code == 409

    stored = PolicyPlan.objects.get()
    assert (stored.title, stored.vision, PlanGoal.objects.get().text) == (
        "Beleidsplan",
        "Wij zijn eerlijk.",
        "Iedereen kent de waarden.",
    )
    assert Entry.objects.count() == entries


def test_a_plan_that_changed_under_ones_eyes_is_not_adopted(client, organisation) -> None:
    made = plan(organisation)
    seen = client.get(address("plan_adopt", made.pk)).context["form"]["seen"].value()
    PlanGoal.objects.create(organisation=organisation, plan=made, number=1, text="Nieuw")

    stale = client.post(
        address("plan_adopt", made.pk), {"seen": seen, "adopted_by": "de raad", "adopted_on": "2026-02-24"}
    )

    assert stale.status_code == 409
    assert "Iemand heeft het plan gewijzigd terwijl u keek." in words(stale)
    form = stale.context["form"]
    assert (form["adopted_by"].value(), form["seen"].value()) == ("de raad", content_of(made).mark)
    assert PolicyPlan.objects.get().settled_at is None


@pytest.mark.parametrize(
    ("by", "day", "problem"),
    [
        ("het college", "2026-11-22", "Deze dag moet nog komen."),
        ("het college", "2026-02-23", "De vorige versie is pas na deze dag vastgesteld."),
        ("", "2026-03-01", "Dit veld is verplicht."),
    ],
)
def test_an_adoption_needs_a_body_and_a_day_that_can_be(client, adopted, by, day, problem) -> None:
    client.post(address("plan_next", adopted.pk))
    following = PolicyPlan.objects.get(edition=2)
    form = {"seen": content_of(following).mark, "adopted_by": by, "adopted_on": day}

    response = client.post(address("plan_adopt", following.pk), form)

    assert response.status_code == 422
    assert problem in words(response)
    assert PolicyPlan.objects.get(edition=2).adopted_on is None


def test_an_adopted_version_is_not_adopted_on_another_day(client, adopted) -> None:
    form = {"seen": content_of(adopted).mark, "adopted_by": "de raad", "adopted_on": "2026-03-01"}

    assert client.post(address("plan_adopt", adopted.pk), form).status_code == 409
    assert client.get(address("plan_adopt", adopted.pk)).url == reverse("policy_plan", args=[adopted.pk])
    assert PolicyPlan.objects.get().adopted_by == "het college"


def test_a_plan_that_was_read_in_is_first_settled_here(client, organisation) -> None:
    made = plan(organisation, adopted_by="het college", adopted_on=DAY)

    answer = client.post(address("plan_next", made.pk), follow=True)
    form = client.get(address("plan_adopt", made.pk)).context["form"]

    assert "Leg eerst vast dat deze versie is vastgesteld." in answer.content.decode()
    assert (form["adopted_by"].value(), form["adopted_on"].value()) == ("het college", DAY)
    assert "hier kunt u het nog wijzigen" in shown(client, made)
    assert "geldt nu" not in shown(client, made)
    assert PolicyPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"euros": "", "hours": ""}, "Geef een bedrag in euro’s, een aantal uren, of allebei."),
        ({"euros": "-1", "hours": ""}, "Geef een bedrag dat niet onder nul is."),
        ({"year": "26", "hours": "8"}, "Geef het jaar in vier cijfers, bijvoorbeeld 2027."),
    ],
)
def test_means_are_euros_hours_or_both(client, organisation, values, problem) -> None:
    made = plan(organisation)
    form = new(budget_line="Begroting", year="2026") | values

    response = client.post(address("plan_part_new", made.pk, "middelen"), form)

    assert response.status_code == 422
    assert problem in words(response)
    assert not PlanMeans.objects.exists()


def test_two_people_change_one_role(client, organisation) -> None:
    role = PlanRole.objects.create(organisation=organisation, plan=plan(organisation), number=1, name="A", task="Oud")
    where = address("plan_part_edit", "rol", role.pk)
    client.post(where, {"name": "A", "task": "Eerste", "version": "1"})

    response = client.post(where, {"name": "A", "task": "Tweede", "version": "1"})

    assert response.status_code == 409
    assert [(d.stored, d.typed) for d in response.context["differences"]] == [("Eerste", "Tweede")]
    assert PlanRole.objects.get().task == "Eerste"


def test_a_goal_shows_its_measures_and_says_when_it_has_none(client, adopted, organisation) -> None:
    goal = PlanGoal.objects.get()
    alone = shown(client, adopted)
    measure(organisation, number=7, title="Voer het gesprek", status="delayed", goal=goal)

    carried = shown(client, adopted)

    assert "Aan 1 doel werkt nog geen maatregel" in alone
    assert "geen maatregel werkt aan dit doel" in alone
    assert "7. Voer het gesprek vertraagd" in carried
    assert "geen maatregel" not in carried


def test_a_measure_carries_its_goal_into_the_next_version(client, adopted, organisation) -> None:
    measure(organisation, number=7, title="Voer het gesprek", goal=PlanGoal.objects.get())
    client.post(address("plan_next", adopted.pk))

    assert "7. Voer het gesprek" in shown(client, PolicyPlan.objects.get(edition=2))


def test_who_may_not_see_measures_sees_the_goals_alone(client_as, adopted, organisation) -> None:
    measure(organisation, number=7, title="Voer het gesprek", goal=PlanGoal.objects.get())

    told = shown(client_as("clerk"), adopted)

    assert "Iedereen kent de waarden." in told
    assert "Voer het gesprek" not in told
    assert "maatregel" not in told.lower()


def test_a_goal_that_measures_carry_is_not_taken_out(client, organisation) -> None:
    made = plan(organisation)
    goals = [PlanGoal.objects.create(organisation=organisation, plan=made, number=n, text="Doel") for n in (1, 2)]
    carrying = measure(organisation, goal=goals[0])

    for goal in goals:
        client.post(address("plan_part_remove", "doel", goal.pk))

    assert list(PlanGoal.objects.all()) == [goals[0]]
    assert Measure.objects.get(pk=carrying.pk).goal == goals[0]
    assert [entry.action for entry in Entry.objects.all()] == ["plan_part.removed"]


def test_versions_may_share_a_title_and_plans_may_not(client, adopted, organisation) -> None:
    client.post(address("plan_next", adopted.pk))
    following, other = PolicyPlan.objects.get(edition=2), plan(organisation, title="Nota")

    kept = client.post(address("plan_edit", following.pk), {"title": "Beleidsplan", "note": "N", "version": "1"})
    taken = client.post(address("plan_edit", other.pk), {"title": "Beleidsplan", "version": "1"})

    assert (kept.status_code, taken.status_code) == (302, 422)


def test_the_list_says_how_each_version_stands(client, adopted) -> None:
    client.post(address("plan_next", adopted.pk))

    told = words(client.get(address("plans") + "?sorteer=versie"))

    assert re.search(r"Beleidsplan 1 geldt nu het college 24-02-2026 Beleidsplan 2 concept", told)


def test_a_plan_asks_as_much_of_the_database_with_many_goals(client, adopted, organisation) -> None:
    def queries() -> int:
        return data_queries(lambda: shown(client, adopted))

    first = PlanGoal.objects.get()
    measure(organisation, goal=first)
    few = queries()
    for number in range(2, 40):
        goal = PlanGoal.objects.create(organisation=organisation, plan=adopted, number=number, text="Doel")
        measure(organisation, goal=goal)
        PlanRole.objects.create(organisation=organisation, plan=adopted, number=number, name="Rol", task="Taak")

    assert queries() == few


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("policy_plan", PolicyPlan),
        ("policy:plan_edit", PolicyPlan),
        ("policy:plan_adopt", PolicyPlan),
        ("policy:plan_next", PolicyPlan),
        ("policy:plan_part_new", PolicyPlan),
        ("policy:plan_part_edit", PlanGoal),
        ("policy:plan_part_remove", PlanGoal),
    ],
)
def test_a_plan_of_another_body_is_as_absent_as_one_that_never_was(client, other_organisation, name, model) -> None:
    with organisation_scope(other_organisation.pk):
        theirs = plan(other_organisation)
        goal = PlanGoal.objects.create(organisation=other_organisation, plan=theirs, number=1, text="Hun doel")
    kind = {"kind": "doel"} if "part" in name else {}
    key = (goal if model is PlanGoal else theirs).pk

    answers = [client.post(reverse(name, kwargs={"pk": each, **kind})) for each in (key, uuid.uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    with organisation_scope(other_organisation.pk):
        assert (PolicyPlan.objects.count(), PlanGoal.objects.count()) == (1, 1)


def test_an_unknown_kind_of_part_is_not_there(client, organisation) -> None:
    assert client.get(address("plan_part_new", plan(organisation).pk, "wens")).status_code == 404
