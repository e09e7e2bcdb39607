"""The pages of outside positions, as people use them."""

import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Decision, Declaration, NothingToDeclare, Remark
from openintegriteit.registers.declarations.tests.factories import somebody
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = pytest.mark.database


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
    given = {"role": "Penningmeester", "where": "Stichting De Brug", "is_paid": "False", "touches_duties": "Nee."}
    return given | {"submission": uuid.uuid4()} | values


def new(person) -> str:
    return reverse("outside_positions:new", args=[person.pk])


def page_of(declaration) -> str:
    return reverse("declaration", args=[declaration.pk])


@pytest.mark.parametrize(("hours", "shown"), [("3.0", "3"), ("3.5", "3.5"), ("40", "40"), (None, None)])
def test_hours_stand_in_the_form_as_one_would_type_them(official, organisation, hours, shown) -> None:
    client, person = official
    made = position(organisation, person)
    OutsidePosition.objects.filter(pk=made.pk).update(hours_a_week=hours)

    form = client.get(reverse("outside_positions:edit", args=[made.declaration_id])).context["form"]

    assert form["hours_a_week"].as_widget().count(" value=") == (shown is not None)
    assert shown is None or f' value="{shown}"' in form["hours_a_week"].as_widget()


def test_an_official_declares_and_reads_it_among_their_own(official) -> None:
    client, person = official

    response = client.post(new(person), typed(), follow=True)

    assert response.status_code == 200
    assert "Penningmeester, Stichting De Brug" in response.content.decode()
    assert "wacht op besluit" in client.get(reverse("declarations:mine")).content.decode()


def test_what_is_missing_is_asked_and_nothing_typed_is_lost(official) -> None:
    client, person = official

    response = client.post(new(person), typed(where="", touches_duties=""))

    text = response.content.decode()
    assert response.status_code == 422
    assert "Penningmeester" in text
    assert not Declaration.objects.exists()


def test_an_office_holder_is_not_asked_what_only_a_decision_needs(organisation) -> None:
    user, person = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member")
    client = signed_in(user)

    form = client.get(new(person)).context["form"]
    response = client.post(new(person), typed(ex_officio="True", ex_officio_agreement="Namens de raad."), follow=True)

    assert "touches_duties" not in form.fields
    assert "Gemeentewet, artikel 12" in response.content.decode()
    assert OutsidePosition.objects.get().ex_officio is True
    assert not Declaration.objects.get().awaits_decision


def test_an_agreement_without_the_office_is_refused(organisation) -> None:
    user, person = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member")

    response = signed_in(user).post(new(person), typed(ex_officio="False", ex_officio_agreement="Namens de raad."))

    assert response.status_code == 422
    assert "ex_officio_agreement" in response.context["form"].errors


def test_question_answer_decision_with_a_condition_and_confirmation(official, head) -> None:
    client, person = official
    client.post(new(person), typed())
    declaration = Declaration.objects.get()
    ask = reverse("declaration_remark", args=[declaration.pk])
    head[0].post(ask, {"text": "Hoeveel uur?", "submission": uuid.uuid4()})
    client.post(ask, {"text": "Twee.", "submission": uuid.uuid4()})
    decide = reverse("declaration_decide", args=[declaration.pk])
    values = {"version": declaration.version, "outcome": "conditions", "reasons": "Kan.", "conditions": "Thuis."}

    assert head[0].post(decide, values, follow=True).status_code == 200
    client.post(reverse("declarations:confirm", args=[declaration.pk]))

    assert [remark.text for remark in Remark.objects.all()] == ["Hoeveel uur?", "Twee."]
    text = client.get(page_of(declaration)).content.decode()
    assert "toegestaan onder voorwaarden" in text.lower()
    assert "Thuis." in text
    assert Declaration.objects.get().confirmed_on is not None
    assert head[0].get(decide).status_code == 302
    assert Decision.objects.get().about["Wat u daar doet"] == "Penningmeester"


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "conditions", "reasons": "Kan."},
        {"outcome": "allowed", "reasons": "Kan.", "conditions": "Thuis."},
        {"outcome": "allowed", "reasons": ""},
        {"outcome": "allowed", "reasons": "Kan.", "review_on": "2020-01-01"},
        {"outcome": "misschien", "reasons": "Kan."},
    ],
)
def test_a_decision_that_is_not_whole_is_shown_again(official, head, values) -> None:
    official[0].post(new(official[1]), typed())
    declaration = Declaration.objects.get()

    response = head[0].post(
        reverse("declaration_decide", args=[declaration.pk]), values | {"version": declaration.version}
    )

    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_a_decision_on_what_was_changed_meanwhile_keeps_what_was_typed(official, head) -> None:
    client, person = official
    client.post(new(person), typed())
    declaration = Declaration.objects.get()
    seen = declaration.version
    made = OutsidePosition.objects.get()
    client.post(
        reverse("outside_positions:edit", args=[declaration.pk]), typed(where="Stichting Nieuw", version=made.version)
    )

    response = head[0].post(
        reverse("declaration_decide", args=[declaration.pk]),
        {"version": seen, "outcome": "allowed", "reasons": "Kan gewoon."},
    )

    text = response.content.decode()
    assert response.status_code == 409
    assert "Kan gewoon." in text
    assert "Stichting Nieuw" in text
    assert not Decision.objects.exists()


def test_a_decision_keeps_in_dutch_what_it_was_about_and_shows_it_after_a_change(official, head) -> None:
    client, person = official
    client.post(new(person), typed())
    declaration, made = Declaration.objects.get(), OutsidePosition.objects.get()
    head[0].cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    decide = reverse("declaration_decide", args=[declaration.pk])
    head[0].post(decide, {"version": declaration.version, "outcome": "allowed", "reasons": "Kan."})
    edit = reverse("outside_positions:edit", args=[declaration.pk])
    client.post(edit, typed(where="Stichting Nieuw", version=made.version))

    page = client.get(page_of(declaration)).content.decode()

    assert Decision.objects.get().about["Organisatie of bedrijf"] == "Stichting De Brug"
    assert "Stichting De Brug" in page
    assert "Stichting Nieuw" in page


def test_who_changes_it_second_reads_what_the_first_one_did(official) -> None:
    client, person = official
    client.post(new(person), typed())
    declaration, made = Declaration.objects.get(), OutsidePosition.objects.get()
    address = reverse("outside_positions:edit", args=[declaration.pk])
    client.post(address, typed(where="Stichting Een", version=made.version))

    response = client.post(address, typed(where="Stichting Twee", version=made.version))

    text = response.content.decode()
    assert response.status_code == 409
    assert "Stichting Een" in text
    assert "Stichting Twee" in text
    assert OutsidePosition.objects.get().where == "Stichting Een"


def test_a_withdrawn_declaration_says_that_it_changes_no_more(official) -> None:
    client, person = official
    client.post(new(person), typed())
    declaration, made = Declaration.objects.get(), OutsidePosition.objects.get()
    withdraw = reverse("declarations:withdraw", args=[declaration.pk])
    client.post(withdraw, {"reason": "Vergissing.", "version": declaration.version})

    address = reverse("outside_positions:edit", args=[declaration.pk])
    response = client.post(address, typed(where="Stichting Twee", version=made.version), follow=True)

    assert "wijzigt niet meer" in response.content.decode()
    assert OutsidePosition.objects.get().where == "Stichting De Brug"


def test_what_may_not_be_read_answers_as_what_is_not_there(organisation, official, head) -> None:
    stranger = signed_in(somebody(organisation, Role.MANAGER)[0])
    declaration = position(organisation, official[1]).declaration
    addresses = [
        page_of(declaration),
        reverse("declaration_decide", args=[declaration.pk]),
        reverse("declarations:end", args=[declaration.pk]),
        reverse("declarations:withdraw", args=[declaration.pk]),
        reverse("outside_positions:edit", args=[declaration.pk]),
        new(official[1]),
    ]

    assert [stranger.get(address).status_code for address in addresses] == [404] * 6
    own = [official[0].get(address).status_code for address in addresses[2:]]
    assert own == [200] * 4
    assert [head[0].get(address).status_code for address in addresses] == [200, 200, 404, 404, 404, 404]


def test_nothing_to_declare_is_one_click(official) -> None:
    client, person = official

    client.post(reverse("declarations:nothing", args=[person.pk, "outside_positions"]))

    assert NothingToDeclare.objects.get().person == person
    assert "niets hebt op te geven" in client.get(reverse("declarations:mine")).content.decode()
    assert client.post(reverse("declarations:nothing", args=[person.pk, "onbekend"])).status_code == 404


def test_ending_it_before_it_began_is_refused(official) -> None:
    client, person = official
    client.post(new(person), typed(starts_on="2026-03-01"))
    declaration = Declaration.objects.get()
    address = reverse("declarations:end", args=[declaration.pk])

    assert client.post(address, {"ends_on": "2026-02-01", "version": declaration.version}).status_code == 422
    assert client.post(address, {"ends_on": "2026-04-01", "version": declaration.version}).status_code == 302
    assert str(Declaration.objects.get().ends_on) == "2026-04-01"


@pytest.mark.parametrize("file_format", ["", "csv"])
def test_the_list_and_its_file_hold_one_regime_per_role(organisation, client_as, file_format) -> None:
    position(
        organisation, PersonFactory(organisation=organisation), detail={"where": "Ambtelijk BV"}, title="Ambtelijk"
    )
    member = PersonFactory(organisation=organisation, kind="elected_member")
    position(organisation, member, detail={"where": "Raad BV"}, title="Raadswerk")
    address = reverse("outside_positions:positions") + (f"?formaat={file_format}" if file_format else "")

    def shown(role) -> tuple[bool, bool]:
        response = client_as(role).get(address)
        text = (b"".join(response) if response.streaming else response.content).decode()
        return "Ambtelijk" in text, "Raadswerk" in text

    assert shown("coordinator") == shown("hr") == (True, False)
    assert shown("clerk") == shown("chair") == (False, True)


@pytest.mark.parametrize("size", [3, 60])
def test_the_list_asks_the_database_as_often_for_many(organisation, client_as, size) -> None:
    for _number in range(size):
        position(organisation, PersonFactory(organisation=organisation))
    client = client_as("hr")
    client.get(reverse("outside_positions:positions"))

    assert data_queries(lambda: client.get(reverse("outside_positions:positions"))) == 5
    assert len(client.get(reverse("outside_positions:positions")).context["listing"].page) == min(size, 50)
