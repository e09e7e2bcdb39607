"""What a measure is for: a goal of the policy plan, and an obligation that it answers."""

import uuid
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.models import OwnObligation, PlanGoal, PolicyPlan
from openintegriteit.policy.operations_plans import adopt_plan, remove_part, start_next_version
from openintegriteit.policy.plans import content_of
from openintegriteit.policy.tests.factories import plan
from openintegriteit.programme.forms_bulk import versions_of
from openintegriteit.programme.models import Measure
from openintegriteit.programme.tests.factories import measure

pytestmark = pytest.mark.database
FORM = {"title": "Doorlichten", "priority": "2", "status": "not_started"}
LAW = "AW-04-3"  # Ambtenarenwet 2017, artikel 4, lid 3: every public employer
MUNICIPAL = "GW-15-3"  # Gemeentewet, artikel 15, lid 3: municipalities alone


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


@pytest.fixture
def goals(organisation) -> list[PlanGoal]:
    about = plan(organisation, title="Beleidsplan")
    return [
        PlanGoal.objects.create(organisation=organisation, plan=about, number=number, text=text)
        for number, text in enumerate(("Waarden kennen", "Risico's kennen"), start=1)
    ]


def adopt(actor, about: PolicyPlan) -> None:
    seen = content_of(about).mark
    adopt_plan(actor=actor, plan=about, seen=seen, adopted_by="het college", adopted_on=date(2026, 2, 24))


def offered(client, about: Measure | None = None, field: str = "goal") -> list[tuple[str, list[tuple[str, str]]]]:
    where = reverse("programme:measure_edit", args=[about.pk]) if about else reverse("programme:measure_new")
    return client.get(where).context["form"].fields[field].choices[1:]


def new(**values) -> dict:
    return FORM | {"submission": uuid.uuid4()} | values


def test_a_measure_gets_a_goal_and_its_page_names_it(client, goals) -> None:
    client.post(reverse("programme:measure_new"), new(goal=str(goals[1].pk)))
    made = Measure.objects.get()

    shown = client.get(reverse("measure", args=[made.pk])).content.decode()

    assert made.goal == goals[1]
    assert f'href="/werk/beleidsplannen/{goals[1].plan_id}/#doel"' in shown
    assert "2. Risico&#x27;s kennen" in shown


def test_goals_are_offered_in_the_words_of_the_newest_version(client, coordinator, goals) -> None:
    first = goals[0].plan
    adopt(coordinator, first)
    following = start_next_version(actor=coordinator, plan=first)
    PlanGoal.objects.filter(plan=following, number=1).update(text="Waarden leven")
    PlanGoal.objects.create(organisation=following.organisation, plan=following, number=3, text="Nieuw doel")

    ((title, choices),) = offered(client)

    assert title == "Beleidsplan"
    assert [words for _key, words in choices] == ["1. Waarden leven", "2. Risico's kennen", "3. Nieuw doel"]
    assert choices[0][0] == str(goals[0].pk)


def test_a_goal_that_the_newest_plan_dropped_stays_with_its_measure_alone(client, coordinator, goals, organisation):
    first, dropped = goals[0].plan, goals[1]
    carrying = measure(organisation, goal=dropped)
    adopt(coordinator, first)
    following = start_next_version(actor=coordinator, plan=first)
    remove_part(actor=coordinator, part=PlanGoal.objects.get(plan=following, number=2))
    adopt(coordinator, following)

    assert [words for _key, words in offered(client)[0][1]] == ["1. Waarden kennen"]
    assert [words for _key, words in offered(client, carrying)[0][1]] == ["1. Waarden kennen", "2. Risico's kennen"]
    form = FORM | {"goal": str(dropped.pk), "version": "1", "title": "Anders"}
    assert client.post(reverse("programme:measure_edit", args=[carrying.pk]), form).status_code == 302
    assert client.post(reverse("programme:measure_new"), new(goal=str(dropped.pk))).status_code == 422


def test_a_goal_of_another_body_cannot_be_chosen(client, organisation, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        about = plan(other_organisation)
        theirs = PlanGoal.objects.create(organisation=other_organisation, plan=about, number=1, text="Hun doel")

    assert client.post(reverse("programme:measure_new"), new(goal=str(theirs.pk))).status_code == 422
    assert not Measure.objects.exists()


def test_many_measures_get_a_goal_and_lose_it(client, goals, organisation) -> None:
    rows = [measure(organisation, number=1), measure(organisation, number=2)]
    where = reverse("programme:measures_bulk")

    client.post(where, {"measures": versions_of(rows), "goal": str(goals[0].pk), "doen": "ja"})
    with_goal = [row.goal for row in Measure.objects.all()]
    client.post(where, {"measures": versions_of(Measure.objects.filter(number=2)), "emptied": "goal", "doen": "ja"})

    assert with_goal == [goals[0], goals[0]]
    assert [row.goal for row in Measure.objects.all()] == [goals[0], None]


def test_a_measure_answers_an_obligation_of_the_law_under_its_law(client, organisation) -> None:
    laws = dict(offered(client, field="obligation"))

    client.post(reverse("programme:measure_new"), new(obligation=LAW))
    made = Measure.objects.get()
    shown = client.get(reverse("measure", args=[made.pk])).content.decode()

    assert LAW in dict(laws["Ambtenarenwet 2017"])
    assert made.obligation == LAW
    assert f'<a class="utrecht-link utrecht-link--html-a" href="/werk/verplichtingen/{LAW}/">' in shown
    assert "Ambtenarenwet 2017, artikel 4, lid 3" in shown


def test_a_body_is_offered_the_law_of_its_own_kind(client, organisation) -> None:
    of_municipality = dict(offered(client, field="obligation"))
    Organisation.objects.filter(pk=organisation.pk).update(kind="water_board")
    of_water_board = dict(offered(client, field="obligation"))

    assert "Gemeentewet" in of_municipality
    assert "Waterschapswet" not in of_municipality
    assert "Waterschapswet" in of_water_board
    assert "Gemeentewet" not in of_water_board
    assert client.post(reverse("programme:measure_new"), new(obligation=MUNICIPAL)).status_code == 422


def test_an_obligation_of_the_bodys_own_is_offered_until_it_ends(client, organisation) -> None:
    own = OwnObligation.objects.create(
        organisation=organisation, law="Convenant", place="artikel 3", who="wij", what="X"
    )
    answering = measure(organisation, obligation=str(own.pk))
    while_it_holds = dict(offered(client, field="obligation"))
    OwnObligation.objects.update(ended_on=date(2026, 1, 1))

    assert while_it_holds["Convenant"] == [(str(own.pk), "artikel 3: X")]
    assert "Convenant" not in dict(offered(client, field="obligation"))
    assert "Convenant" in dict(offered(client, answering, field="obligation"))
    assert "Convenant, artikel 3" in client.get(reverse("measure", args=[answering.pk])).content.decode()


def test_who_may_not_see_the_norms_reads_them_without_a_link(client_as, goals, organisation) -> None:
    about = measure(organisation, goal=goals[0], obligation=LAW)

    shown = client_as("manager").get(reverse("measure", args=[about.pk])).content.decode()

    assert "1. Waarden kennen" in shown
    assert "Ambtenarenwet 2017, artikel 4, lid 3" in shown
    assert "/werk/beleidsplannen/" not in shown
    assert "/werk/verplichtingen/" not in shown


def test_the_file_tells_what_each_measure_is_for(client, goals, organisation) -> None:
    measure(organisation, goal=goals[0], obligation=LAW)

    file = client.get(reverse("programme:measures") + "?formaat=csv").content.decode("utf-8-sig")

    assert ";1. Waarden kennen;Ambtenarenwet 2017, artikel 4, lid 3;" in file.replace('"', "")
