"""Working groups: members with one chair, meetings, and an evaluation a year."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.programme import working_groups as operations
from openintegriteit.programme.models import Activity, GroupEvaluation, GroupMember, WorkingGroup
from openintegriteit.programme.queries import meetings_per_year
from openintegriteit.programme.search import search
from openintegriteit.programme.tests.factories import activity, working_group

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def post(client, page_name, /, *args, **values):
    return client.post(reverse(f"programme:{page_name}", args=args), values)


def new(client, page_name, /, *args, **values):
    return post(client, page_name, *args, **{"submission": uuid.uuid4()} | values)


def page(client, group) -> str:
    return client.get(reverse("programme:working_group", args=[group.pk])).content.decode()


def member(organisation, group, **values) -> GroupMember:
    return GroupMember.objects.create(organisation=organisation, group=group, **{"name": "Lid"} | values)


def evaluation(organisation, group, **values) -> GroupEvaluation:
    given = {"year": 2025, "went_well": "Veel gesprekken"} | values
    return GroupEvaluation.objects.create(organisation=organisation, group=group, **given)


def test_a_group_is_added_once_and_changed(client, organisation) -> None:
    key = uuid.uuid4()
    answers = [
        new(client, "working_group_new", name="Werkgroep", purpose="Gesprekken", submission=key).status_code
        for _click in range(2)
    ]
    made = WorkingGroup.objects.get()

    changed = post(client, "working_group_edit", made.pk, name="Kerngroep", until="2026-12-31", version=1)

    made.refresh_from_db()
    assert (answers, changed.status_code) == ([302, 302], 302)
    assert (made.name, made.purpose, made.until, made.version) == ("Kerngroep", "", date(2026, 12, 31), 2)
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["working_group.created", "working_group.changed"]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "Bestaat"}, {"since": "2026-02-02", "until": "2026-02-01"}])
def test_a_wrong_group_comes_back_as_typed(client, organisation, wrong) -> None:
    working_group(organisation, name="Bestaat")

    response = new(client, "working_group_new", **{"name": "Nieuw", "purpose": "Getypt doel"} | wrong)

    assert response.status_code == 422
    assert "Getypt doel" in response.content.decode()
    assert WorkingGroup.objects.count() == 1


def test_two_people_change_one_group(client, organisation) -> None:
    group = working_group(organisation, version=2)

    assert post(client, "working_group_edit", group.pk, name="Van de tweede", version=1).status_code == 409
    assert WorkingGroup.objects.get().name == "Werkgroep integriteit"


def test_a_member_is_a_function_or_somebody_of_the_list(client, organisation) -> None:
    group = working_group(organisation)
    known = PersonFactory(organisation=organisation, personnel_number="P7")

    words = new(client, "group_member_new", group.pk, name="lid voor Financiën")
    listed = new(client, "group_member_new", group.pk, person="P7", is_chair="on", since="2026-01-01")
    nobody = new(client, "group_member_new", group.pk)

    assert (words.status_code, listed.status_code, nobody.status_code) == (302, 302, 422)
    assert [(row.name, row.person, row.is_chair) for row in GroupMember.objects.all()] == [
        (known.full_name, known, True),
        ("lid voor Financiën", None, False),
    ]
    assert known.full_name in page(client, group)


def test_a_group_has_one_chair_at_a_time(client, organisation) -> None:
    group = working_group(organisation)
    first = member(organisation, group, name="Eerste", is_chair=True)

    second = {"name": "Tweede", "is_chair": "on"}
    refused = new(client, "group_member_new", group.pk, **second)
    post(client, "group_member_edit", first.pk, name="Eerste", is_chair="on", until="2026-11-20", version=1)
    taken = new(client, "group_member_new", group.pk, **second)

    assert (refused.status_code, taken.status_code) == (422, 302)
    response = client.get(reverse("programme:working_group", args=[group.pk]))
    assert [row.name for row in response.context["sitting"]] == ["Tweede"]
    assert [row.name for row in response.context["gone"]] == ["Eerste"]


def test_the_database_keeps_no_second_chair(organisation) -> None:
    group = working_group(organisation)
    member(organisation, group, is_chair=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        member(organisation, group, is_chair=True)

    assert GroupMember.objects.count() == 1


def test_a_year_is_evaluated_once(client, organisation) -> None:
    group = working_group(organisation)
    form = {"year": "2025", "went_well": "Veel gesprekken", "evaluated_by": "de leden", "evaluated_on": "2026-02-01"}

    first = new(client, "group_evaluation_new", group.pk, **form)
    second = new(client, "group_evaluation_new", group.pk, **form)
    made = GroupEvaluation.objects.get()
    changed = post(client, "group_evaluation_edit", made.pk, **form | {"differently": "Vaker"}, version=1)

    assert (first.status_code, second.status_code, changed.status_code) == (302, 422, 302)
    made.refresh_from_db()
    assert (made.differently, made.version) == ("Vaker", 2)
    assert "de leden, 1 februari 2026" in page(client, group)
    assert [entry.subject_label for entry in Entry.objects.filter(action="group_evaluation.added")] == [
        "Werkgroep integriteit, 2025"
    ]


@pytest.mark.parametrize("wrong", [{"went_well": " "}, {"evaluated_on": "2026-11-22"}, {"year": "1889"}])
def test_a_wrong_evaluation_comes_back_as_typed(client, organisation, wrong) -> None:
    form = {"year": "2025", "went_well": "Goed", "evaluated_by": "Getypte leden"} | wrong

    response = new(client, "group_evaluation_new", working_group(organisation).pk, **form)

    assert response.status_code == 422
    assert "Getypte leden" in response.content.decode()
    assert not GroupEvaluation.objects.exists()


def test_a_meeting_of_the_group_is_an_activity(client, organisation) -> None:
    group = working_group(organisation)
    address = reverse("programme:activity_new") + f"?werkgroep={group.pk}"

    form = client.get(address).context["form"]
    sent = {"title": "Overleg", "theme": "T", "kind": "meeting", "year": "2026", "status": "planned"}
    response = client.post(address, sent | {"working_group": str(group.pk), "submission": uuid.uuid4()})

    assert (form["kind"].value(), form["theme"].value()) == ("meeting", "Werkgroep integriteit")
    assert response.status_code == 302
    assert Activity.objects.get().working_group == group
    listing = client.get(reverse("programme:activities") + f"?werkgroep={group.pk}").context["listing"]
    assert [row.title for row in listing.page] == ["Overleg"]


@pytest.mark.parametrize("asked", ["x", "", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_group_in_the_address_is_passed_over(client, organisation, asked) -> None:
    activity(organisation)

    assert client.get(reverse("programme:activity_new"), {"werkgroep": asked}).status_code == 200
    assert client.get(reverse("programme:activities"), {"werkgroep": asked}).context["listing"].page.paginator.count


def test_meetings_are_counted_and_unknown_is_not_zero(organisation) -> None:
    group = working_group(organisation)
    held = {"kind": "meeting", "status": "held", "working_group": group}
    activity(organisation, year=2026, starts_on=date(2026, 3, 1), **held)
    activity(organisation, year=2026, sessions=4, **held)
    activity(organisation, year=2025, sessions=2, **held)
    activity(organisation, year=2025, period="heel 2025", **held)
    activity(organisation, year=2024, sessions=3, **held | {"status": "planned"})
    activity(organisation, year=2024, sessions=3, **held | {"kind": "team_talk"})
    activity(organisation, year=2026, sessions=9, **held | {"working_group": None})

    assert meetings_per_year(group) == [(2026, 5), (2025, None)]


def test_a_group_asks_as_much_of_the_database_however_much_it_did(client, organisation) -> None:
    group = working_group(organisation)

    def fill(number) -> None:
        for year in range(2000, 2000 + number):
            evaluation(organisation, group, year=year + number)
            member(organisation, group, name=f"Lid {year}")
            activity(organisation, year=year, kind="meeting", status="held", working_group=group)

    fill(2)
    few = data_queries(lambda: page(client, group))
    fill(20)

    assert data_queries(lambda: page(client, group)) == few


def test_a_group_is_found_by_who_may_see_it(coordinator, actor_with, organisation) -> None:
    working_group(organisation, purpose="Gesprekken over Ethiek")

    assert [hit.title for hit in search(coordinator, "ethiek", 5)] == ["Werkgroep integriteit"]
    assert search(actor_with("manager"), "ethiek", 5) == []


def test_only_the_coordinator_changes_groups(actor_with, organisation) -> None:
    actor, group = actor_with("secretary"), working_group(organisation)
    someone, told = member(organisation, group), evaluation(organisation, group)
    key, values = uuid.uuid4(), {"name": "Anders"}

    for change in (
        lambda: operations.create_group(actor=actor, identifier=key, values=values),
        lambda: operations.change_group(actor=actor, group=group, expected_version=1, values=values),
        lambda: operations.add_member(actor=actor, identifier=key, group=group, values=values),
        lambda: operations.change_member(actor=actor, member=someone, expected_version=1, values=values),
        lambda: operations.add_evaluation(actor=actor, identifier=key, group=group, values={"year": 2024}),
        lambda: operations.change_evaluation(actor=actor, evaluation=told, expected_version=1, values={"year": 2024}),
    ):
        with pytest.raises(PermissionDenied):
            change()

    assert [row.name for row in WorkingGroup.objects.all()] == ["Werkgroep integriteit"]
    assert [row.name for row in GroupMember.objects.all()] == ["Lid"]
    assert [row.year for row in GroupEvaluation.objects.all()] == [2025]
    assert not Entry.objects.exists()


def test_what_belongs_to_another_body_is_absent(client, organisation, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        group = working_group(other_organisation)
        keys = {
            "working_group": group.pk,
            "working_group_edit": group.pk,
            "group_member_new": group.pk,
            "group_evaluation_new": group.pk,
            "group_member_edit": member(other_organisation, group).pk,
            "group_evaluation_edit": evaluation(other_organisation, group).pk,
        }

    answers = {post(client, name, key, name="Anders").status_code for name, key in keys.items()}

    assert answers == {404}
    assert client.get(reverse("programme:working_groups")).context["groups"].count() == 0


@pytest.mark.parametrize(("role", "status"), [("secretary", 200), ("internal_auditor", 200), ("manager", 403)])
def test_who_reads_the_programme_reads_the_groups(client_as, organisation, role, status) -> None:
    client = client_as(role)

    assert client.get(reverse("programme:working_groups")).status_code == status
    assert client.get(reverse("programme:working_group", args=[working_group(organisation).pk])).status_code == status
    assert client.get(reverse("programme:working_group_new")).status_code == 403
