"""Declaring a financial interest and deciding about it (Ambtenarenwet 2017, art. 8(1)b to d and 8(2)b)."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Decision, Declaration, NothingToDeclare
from openintegriteit.registers.declarations.tests.factories import somebody
from openintegriteit.registers.interests.models import FinancialInterest
from openintegriteit.registers.interests.tests.factories import TYPED, interest

pytestmark = pytest.mark.database
LIST = "interests:interests"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def head(organisation):
    user, row = somebody(organisation, Role.MANAGER)
    return signed_in(user), row


@pytest.fixture
def official(organisation, head):
    user, row = somebody(organisation, Role.STAFF, manager=head[1])
    return signed_in(user), row


def typed(**values) -> dict:
    return TYPED | {"submission": uuid.uuid4()} | values


def new(person) -> str:
    return reverse("interests:new", args=[person.pk])


def text_of(response) -> str:
    return (b"".join(response) if response.streaming else response.content).decode()


def test_an_official_declares_once_and_it_waits_for_who_stands_above(official) -> None:
    client, person = official
    form = typed()

    for _ in range(2):
        response = client.post(new(person), form, follow=True)

    assert "Aandelen, Bouwbedrijf De Hoop" in text_of(response)
    assert "artikel 8, lid 1, onder b, c en d" in text_of(response)
    assert Declaration.objects.get().awaits_decision


@pytest.mark.parametrize("missing", ["kind", "what", "where", "whose", "touches_duties"])
def test_what_is_missing_is_asked(official, missing) -> None:
    client, person = official

    response = client.post(new(person), typed(**{missing: ""}))

    assert response.status_code == 422
    assert not Declaration.objects.exists()


def test_nobody_is_asked_for_an_amount(official) -> None:
    client, person = official

    fields = client.get(new(person)).context["form"].fields

    assert set(fields) == {"kind", "what", "where", "whose", "touches_duties", "starts_on", "submission"}


@pytest.mark.parametrize(
    ("outcome", "conditions"), [("allowed", ""), ("conditions", "U zet de aandelen op afstand."), ("forbidden", "")]
)
def test_who_stands_above_allows_it_allows_it_with_measures_or_forbids_it(official, head, outcome, conditions) -> None:
    client, person = official
    client.post(new(person), typed())
    declaration = Declaration.objects.get()
    values = {"version": declaration.version, "outcome": outcome, "reasons": "Zo.", "conditions": conditions}

    head[0].post(reverse("declaration_decide", args=[declaration.pk]), values)

    decision = Decision.objects.get()
    assert (decision.outcome, decision.conditions) == (outcome, conditions)
    assert decision.about["Bedrijf of plaats"] == "Bouwbedrijf De Hoop"


def test_a_change_after_a_decision_asks_a_new_one(official, head) -> None:
    client, person = official
    client.post(new(person), typed())
    declaration, made = Declaration.objects.get(), FinancialInterest.objects.get()
    values = {"version": declaration.version, "outcome": "allowed", "reasons": "Kan."}
    head[0].post(reverse("declaration_decide", args=[declaration.pk]), values)

    client.post(
        reverse("interests:edit", args=[declaration.pk]), typed(where="Een ander bedrijf", version=made.version)
    )

    assert Declaration.objects.get().awaits_decision


def test_an_office_holder_declares_without_a_decision_and_nothing_is_public(organisation) -> None:
    user, person = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member")

    response = signed_in(user).post(new(person), typed(), follow=True)

    assert not Declaration.objects.get().awaits_decision
    assert "openbare site" not in text_of(response)


def test_a_manager_reads_their_own_team_and_nobody_of_the_other_regime(organisation, official, head) -> None:
    own = interest(organisation, official[1]).declaration
    member = interest(
        organisation, PersonFactory(organisation=organisation, kind="elected_member", manager=head[1])
    ).declaration
    other = interest(organisation, PersonFactory(organisation=organisation)).declaration
    pages = [reverse("declaration", args=[row.pk]) for row in (own, member, other)]

    assert [head[0].get(page).status_code for page in pages] == [200, 404, 404]
    assert head[0].get(reverse(LIST)).status_code == 403


def test_nothing_to_declare_is_one_click(official) -> None:
    client, person = official

    client.post(reverse("declarations:nothing", args=[person.pk, "interests"]))

    assert NothingToDeclare.objects.get().register == "interests"


@pytest.mark.parametrize("file_format", ["", "csv"])
def test_the_list_and_its_file_hold_one_regime_per_role(organisation, client_as, file_format) -> None:
    interest(organisation, PersonFactory(organisation=organisation), title="Ambtelijk")
    interest(organisation, PersonFactory(organisation=organisation, kind="elected_member"), title="Raadswerk")
    address = reverse(LIST) + (f"?formaat={file_format}" if file_format else "")

    def shown(role) -> tuple[bool, bool]:
        text = text_of(client_as(role).get(address))
        return "Ambtelijk" in text, "Raadswerk" in text

    assert shown("coordinator") == shown("hr") == (True, False)
    assert shown("clerk") == shown("chair") == (False, True)


def test_the_list_is_narrowed_by_kind(organisation, client_as) -> None:
    interest(organisation, PersonFactory(organisation=organisation), title="Aandelen, A")
    interest(organisation, PersonFactory(organisation=organisation), title="Grond, B", detail={"kind": "real_estate"})

    page = client_as("hr").get(reverse(LIST) + "?soort=grond-of-gebouwen").context["listing"].page

    assert [row.title for row in page] == ["Grond, B"]


@pytest.mark.parametrize("size", [3, 60])
def test_the_list_asks_the_database_as_often_for_many(organisation, client_as, size) -> None:
    for _number in range(size):
        interest(organisation, PersonFactory(organisation=organisation))
    client = client_as("hr")
    client.get(reverse(LIST))

    assert data_queries(lambda: client.get(reverse(LIST))) == 5
