import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.policy import operations
from openintegriteit.policy.models import PolicyPlan, Regulation, RegulationVersion
from openintegriteit.policy.tests.factories import regulation, version

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def regulation_form(**values) -> dict:
    return {"title": "Gedragscode", "kind": "code_of_conduct", "submission": uuid.uuid4()} | values


def test_regulations_are_filtered_by_what_the_address_says(client, organisation) -> None:
    regulation(organisation, title="Code voor raadsleden", review_due_on=date(2026, 11, 20))
    regulation(organisation, title="Protocol onderzoek", kind="protocol")

    def shown(query: str) -> list[str]:
        return [row.title for row in client.get(reverse("policy:regulations") + query).context["listing"].page]

    assert shown("") == ["Code voor raadsleden", "Protocol onderzoek"]
    assert shown("?zoek=RAADSLEDEN") == ["Code voor raadsleden"]
    assert shown("?herzien=on") == ["Code voor raadsleden"]
    assert shown("?sorteer=-titel") == ["Protocol onderzoek", "Code voor raadsleden"]


def test_the_file_tells_the_version_in_force(client, organisation) -> None:
    version(regulation(organisation, title="Code"), "4", in_force_on=date(2026, 2, 1))

    line = client.get(reverse("policy:regulations") + "?formaat=csv").content.decode("utf-8-sig").splitlines()[1]

    assert line.startswith("Code;")
    assert ";01-02-2026;" in line
    assert ";4;" in line


@pytest.mark.parametrize("name", ["regulations", "plans"])
def test_a_list_asks_as_much_of_the_database_with_a_thousand_rows(client, organisation, name) -> None:
    def make(numbers) -> None:
        of = {"organisation": organisation}
        codes = [Regulation(title=f"Code {n}", kind="other", **of) for n in numbers]
        Regulation.objects.bulk_create(codes)
        RegulationVersion.objects.bulk_create(RegulationVersion(regulation=code, label="1", **of) for code in codes)
        PolicyPlan.objects.bulk_create(PolicyPlan(title=f"Plan {n}", **of) for n in numbers)

    def queries() -> int:
        return data_queries(lambda: client.get(reverse(f"policy:{name}")))

    make(range(10))
    few = queries()
    make(range(10, 1000))

    assert queries() == few
    assert few <= 8


def test_a_regulation_gets_its_versions(client, organisation) -> None:
    client.post(reverse("policy:regulation_new"), regulation_form())
    code = Regulation.objects.get()
    form = {"label": "1", "adopted_by": "het college", "in_force_on": "2026-02-01", "submission": uuid.uuid4()}

    for _ in range(2):  # sending twice makes one, or says that it is there
        client.post(reverse("policy:version_new", args=[code.pk]), form)

    assert [row.label for row in RegulationVersion.objects.all()] == ["1"]
    shown = client.get(reverse("policy:regulation", args=[code.pk])).content.decode()
    assert "het college" in shown
    assert [entry.action for entry in Entry.objects.all()] == ["regulation.created", "regulation.version_added"]


def test_a_title_stands_once_and_what_was_typed_stays(client, organisation) -> None:
    regulation(organisation, title="Gedragscode")

    response = client.post(reverse("policy:regulation_new"), regulation_form(note="Getypte toelichting"))

    assert response.status_code == 422
    assert "Getypte toelichting" in response.content.decode()
    assert Regulation.objects.count() == 1


def test_two_people_change_one_regulation(client, organisation) -> None:
    code = regulation(organisation, title="Oud")
    address = reverse("policy:regulation_edit", args=[code.pk])
    client.post(address, regulation_form(title="Eerste", version="1"))

    response = client.post(address, regulation_form(title="Tweede", version="1"))

    assert response.status_code == 409
    assert [(d.stored, d.typed) for d in response.context["differences"]] == [("Eerste", "Tweede")]
    assert Regulation.objects.get().title == "Eerste"


def test_a_policy_plan_is_added_and_changed(client, organisation) -> None:
    form = {"title": "Beleid", "chapters": "Een\r\nTwee", "policy_since": "2010"}
    client.post(reverse("policy:plan_new"), form | {"submission": uuid.uuid4()})
    made = PolicyPlan.objects.get()

    client.post(reverse("policy:plan_edit", args=[made.pk]), form | {"policy_since": "2011", "version": "1"})
    wrong = client.post(reverse("policy:plan_edit", args=[made.pk]), form | {"policy_since": "2027", "version": "2"})

    page = client.get(reverse("policy_plan", args=[made.pk]))
    assert page.context["chapters"] == ["Een", "Twee"]
    assert (PolicyPlan.objects.get().policy_since, wrong.status_code) == (2011, 422)
    assert [[(c.before, c.after) for c in line.changes] for line in page.context["history"]] == [[("2010", "2011")], []]


@pytest.mark.parametrize("name", ["policy:regulation", "policy:regulation_edit", "policy:version_new"])
def test_a_record_of_another_body_is_as_absent_as_one_that_never_was(client, organisation, other_organisation, name):
    with organisation_scope(other_organisation.pk):
        theirs = regulation(other_organisation).pk

    foreign, absent = (client.post(reverse(name, args=[key])) for key in (theirs, uuid.uuid4()))

    assert foreign.status_code == absent.status_code == 404
    assert client.get(reverse(name, args=[theirs])).status_code == 404


@pytest.mark.parametrize(
    ("role", "view", "change"),
    [
        ("coordinator", 200, 200),
        ("clerk", 200, 403),
        ("works_council", 200, 403),
        ("internal_auditor", 200, 403),
        ("manager", 403, 403),
        ("staff", 403, 403),
    ],
)
def test_each_role_opens_its_own_pages(client_as, role, view, change) -> None:
    client = client_as(role)

    assert client.get(reverse("policy:regulations")).status_code == view
    assert client.get(reverse("policy:plans") + "?formaat=ods").status_code == view
    assert client.get(reverse("policy:regulation_new")).status_code == change
    assert client.get(reverse("policy:plan_new")).status_code == change


def test_only_the_coordinator_changes_the_norms(actor_with, organisation) -> None:
    actor, code, key = actor_with("clerk"), regulation(organisation), uuid.uuid4()

    attempts = (
        lambda: operations.create_regulation(actor=actor, identifier=key, values={"title": "x", "kind": "other"}),
        lambda: operations.change_regulation(actor=actor, regulation=code, expected_version=1, values={"title": "x"}),
        lambda: operations.add_version(actor=actor, identifier=key, regulation=code, values={"label": "x"}),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert (Regulation.objects.count(), RegulationVersion.objects.count()) == (1, 0)
    assert not Entry.objects.exists()
