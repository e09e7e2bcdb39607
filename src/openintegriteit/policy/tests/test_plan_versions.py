"""A version of a policy plan that was adopted never changes; what is new stands in the next one."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.models import Entry
from openintegriteit.policy import operations_plans as operations
from openintegriteit.policy.models import PlanGoal, PlanMeans, PlanRole, PolicyPlan
from openintegriteit.policy.plans import changes_between, content_of, versions_of_plan
from openintegriteit.policy.tests.factories import plan

pytestmark = pytest.mark.database
DAY = date(2026, 2, 24)


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def actor(actor_with):
    return actor_with("coordinator")


def add(actor, to: PolicyPlan, model, **values):
    return operations.add_part(actor=actor, plan=to, model=model, identifier=uuid.uuid4(), values=values)


def full_plan(actor, organisation) -> PolicyPlan:
    made = plan(organisation, title="Beleidsplan", vision="Wij zijn eerlijk.")
    add(actor, made, PlanGoal, pillar=1, text="Iedereen kent de kernwaarden.", seen_by="De meting zegt 90%.")
    add(actor, made, PlanGoal, pillar=None, text="Wij bespreken dilemma's.")
    add(actor, made, PlanRole, name="Coördinator", task="Houdt het plan bij.")
    add(actor, made, PlanMeans, budget_line="Integriteit", year=2026, euros=25000, hours=400)
    return made


def adopt(actor, about: PolicyPlan, by: str = "het college", on: date = DAY) -> PolicyPlan:
    seen = content_of(about).mark
    return operations.adopt_plan(actor=actor, plan=about, seen=seen, adopted_by=by, adopted_on=on)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (PolicyPlan, PlanGoal, PlanRole, PlanMeans)] + [
        Entry.objects.count()
    ]


def test_parts_are_numbered_in_their_plan(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    add(actor, plan(organisation), PlanGoal, text="Van een ander plan")

    assert [(goal.number, goal.pillar) for goal in content_of(made).goals] == [(1, 1), (2, None)]
    assert [entry.action for entry in Entry.objects.all()] == ["plan_part.created"] * 5


def test_adding_a_part_twice_makes_one(actor, organisation) -> None:
    made, key = plan(organisation), uuid.uuid4()

    for _ in range(2):
        operations.add_part(actor=actor, plan=made, model=PlanRole, identifier=key, values={"name": "A", "task": "B"})

    assert [role.number for role in PlanRole.objects.all()] == [1]
    assert Entry.objects.count() == 1


def test_adopting_records_the_body_and_the_day(actor, organisation) -> None:
    made = full_plan(actor, organisation)

    adopt(actor, made)

    stored = PolicyPlan.objects.get()
    assert (stored.adopted_by, stored.adopted_on, stored.settled_at is None) == ("het college", DAY, False)
    assert Entry.objects.last().action == "policyplan.adopted"
    assert [version.state for version in versions_of_plan(stored)] == ["holds"]


def test_adopting_twice_in_the_same_words_is_one(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    adopt(actor, made)
    before = everything()

    adopt(actor, made)

    assert everything() == before


def test_what_was_adopted_is_not_adopted_otherwise(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    adopt(actor, made)
    before = everything()

    for by, on in (("de raad", DAY), ("het college", date(2026, 3, 1))):
        with pytest.raises(operations.PlanIsAdopted):
            adopt(actor, made, by, on)

    assert everything() == before


@pytest.mark.parametrize("what", ["text", "goal"])
def test_nothing_is_adopted_that_nobody_saw(actor, organisation, what) -> None:
    made = full_plan(actor, organisation)
    seen = content_of(made).mark
    if what == "text":
        operations.change_plan(actor=actor, plan=made, expected_version=1, values={"vision": "Anders."})
    else:
        add(actor, made, PlanGoal, text="Nog een doel")

    with pytest.raises(StaleRecord):
        operations.adopt_plan(actor=actor, plan=made, seen=seen, adopted_by="het college", adopted_on=DAY)

    assert PolicyPlan.objects.get().settled_at is None


def test_an_adopted_version_never_changes(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    goal, role, means = PlanGoal.objects.first(), PlanRole.objects.get(), PlanMeans.objects.get()
    adopt(actor, made)
    before, version = everything(), PolicyPlan.objects.get().version

    attempts = (
        lambda: operations.change_plan(actor=actor, plan=made, expected_version=1, values={"vision": "Anders"}),
        lambda: operations.change_plan(actor=actor, plan=made, expected_version=version, values={"title": "Anders"}),
        lambda: add(actor, made, PlanGoal, text="Te laat"),
        lambda: add(actor, made, PlanRole, name="Te laat", task="Te laat"),
        lambda: operations.change_part(actor=actor, part=goal, expected_version=1, values={"text": "Anders"}),
        lambda: operations.change_part(actor=actor, part=role, expected_version=1, values={"task": "Anders"}),
        lambda: operations.change_part(actor=actor, part=means, expected_version=1, values={"hours": 1}),
        lambda: operations.remove_part(actor=actor, part=goal),
        lambda: operations.remove_part(actor=actor, part=means),
    )
    for attempt in attempts:
        with pytest.raises(operations.PlanIsAdopted):
            attempt()

    assert everything() == before


def test_the_database_keeps_no_settled_plan_without_body_and_day(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    adopt(actor, made)

    for missing in ({"adopted_by": ""}, {"adopted_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PolicyPlan.objects.update(**missing)


def test_the_next_version_begins_as_a_copy(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    adopt(actor, made)

    following = operations.start_next_version(actor=actor, plan=made)

    assert (following.edition, following.follows, following.adopted_on, following.settled_at) == (2, made, None, None)
    assert changes_between(content_of(made), content_of(following)) == ()
    assert [goal.root for goal in content_of(following).goals] == [goal.pk for goal in content_of(made).goals]
    assert [(version.plan.edition, version.state) for version in versions_of_plan(made)] == [(2, "draft"), (1, "holds")]


def test_there_is_one_next_version(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    adopt(actor, made)
    first = operations.start_next_version(actor=actor, plan=made)
    before = everything()

    assert operations.start_next_version(actor=actor, plan=made) == first
    assert everything() == before


def test_a_next_version_needs_one_that_was_adopted_here(actor, organisation) -> None:
    read_in = plan(organisation, adopted_by="het college", adopted_on=DAY)

    with pytest.raises(operations.PlanIsNotAdopted):
        operations.start_next_version(actor=actor, plan=read_in)

    assert PolicyPlan.objects.count() == 1


def test_the_next_version_changes_apart_and_holds_once_it_is_adopted(actor, organisation) -> None:
    made = full_plan(actor, organisation)
    adopt(actor, made)
    following = operations.start_next_version(actor=actor, plan=made)
    kept, dropped = content_of(following).goals

    operations.change_plan(actor=actor, plan=following, expected_version=1, values={"vision": "Wij zijn open."})
    operations.change_part(actor=actor, part=kept, expected_version=1, values={"due_on": date(2027, 1, 1)})
    operations.remove_part(actor=actor, part=dropped)
    following.refresh_from_db()
    adopt(actor, following, "de raad", date(2026, 11, 1))

    assert content_of(made).goals[1].text == "Wij bespreken dilemma's."
    states = [(version.plan.edition, version.state) for version in versions_of_plan(made)]
    assert states == [(2, "holds"), (1, "replaced")]
    changes = changes_between(content_of(made), content_of(following))
    assert (changes[0].gone, changes[0].come) == (("Wij zijn eerlijk.",), ("Wij zijn open.",))
    assert [len(change.gone) for change in changes] == [1, 2]
    third = operations.start_next_version(actor=actor, plan=following)
    assert [goal.root for goal in content_of(third).goals] == [content_of(made).goals[0].pk]


def test_two_people_change_one_goal(actor, organisation) -> None:
    goal = add(actor, plan(organisation), PlanGoal, text="Oud")
    operations.change_part(actor=actor, part=goal, expected_version=1, values={"text": "Eerste"})

    with pytest.raises(StaleRecord):
        operations.change_part(actor=actor, part=goal, expected_version=1, values={"text": "Tweede"})

    assert PlanGoal.objects.get().text == "Eerste"


def test_only_the_coordinator_writes_and_adopts(actor, actor_with, organisation) -> None:
    made, clerk = full_plan(actor, organisation), actor_with("clerk")
    goal = PlanGoal.objects.first()
    before = everything()

    attempts = (
        lambda: operations.create_plan(actor=clerk, identifier=uuid.uuid4(), values={"title": "x"}),
        lambda: operations.change_plan(actor=clerk, plan=made, expected_version=1, values={"title": "x"}),
        lambda: adopt(clerk, made),
        lambda: operations.start_next_version(actor=clerk, plan=made),
        lambda: add(clerk, made, PlanGoal, text="x"),
        lambda: operations.change_part(actor=clerk, part=goal, expected_version=1, values={"text": "x"}),
        lambda: operations.remove_part(actor=clerk, part=goal),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert everything() == before
