"""Who owes an answer about financial interests (Ambtenarenwet 2017, art. 8(2)b), and who gave none."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import NothingToDeclare
from openintegriteit.registers.declarations.tests.factories import somebody
from openintegriteit.registers.interests.queries import owing, unanswered
from openintegriteit.registers.interests.tests.factories import designate, interest

pytestmark = pytest.mark.database
LIST = "interests:unanswered"
TOLD = "De functie ‘Inkoper’ is aangewezen"


def text_of(response) -> str:
    return (b"".join(response) if response.streaming else response.content).decode()


def test_who_declared_or_said_nothing_has_answered_and_who_withdrew_has_not(organisation) -> None:
    declared, nothing, withdrew, silent = (PersonFactory(organisation=organisation) for _number in range(4))
    member = PersonFactory(organisation=organisation, kind="elected_member")
    designate(organisation, declared, nothing, withdrew, silent, member)
    interest(organisation, declared)
    interest(organisation, withdrew, withdrawn_on=date(2026, 6, 1), withdrawn_because="Vergissing")
    NothingToDeclare.objects.create(organisation=organisation, person=nothing, register="interests", said_on=today())
    NothingToDeclare.objects.create(organisation=organisation, person=silent, register="gifts", said_on=today())

    assert set(owing(today())) == {declared, nothing, withdrew, silent}
    assert set(unanswered(today())) == {withdrew, silent}


@pytest.mark.parametrize(("role", "linked"), [(Role.STAFF, False), (Role.HR, True)])
def test_who_holds_a_designated_position_is_told_so_on_the_form_and_on_their_own_page(
    organisation, role, linked
) -> None:
    user, person = somebody(organisation, role)
    designation = designate(organisation, person)
    client = Client()
    client.force_login(user)
    reasons = reverse("designations:designation", args=[designation.pk])

    for page in (reverse("declarations:mine"), reverse("interests:new", args=[person.pk])):
        text = text_of(client.get(page))
        assert text.count(TOLD) == 1
        assert (f'href="{reasons}"' in text) is linked
    assert TOLD not in text_of(client.get(reverse("outside_positions:new", args=[person.pk])))


@pytest.mark.parametrize("values", [{"declares_interests": False}, {"ended_on": date(2026, 2, 1)}])
def test_who_holds_no_such_position_is_told_nothing(organisation, values) -> None:
    user, person = somebody(organisation, Role.STAFF)
    designate(organisation, person, **values)
    client = Client()
    client.force_login(user)

    assert TOLD not in text_of(client.get(reverse("declarations:mine")))


@pytest.mark.parametrize("file_format", ["", "csv"])
def test_who_keeps_the_register_of_officials_reads_who_has_not_answered(organisation, client_as, file_format) -> None:
    designate(organisation, PersonFactory(organisation=organisation, family_name="Stil"))
    address = reverse(LIST) + (f"?formaat={file_format}" if file_format else "")

    for role in (Role.HR, Role.COORDINATOR):
        text = text_of(client_as(role).get(address))
        assert "Stil" in text
        assert "Inkoper" in text
    for role in (Role.CLERK, Role.CHAIR, Role.MANAGER):
        assert client_as(role).get(address).status_code == 403


def test_the_list_is_searched(organisation, client_as) -> None:
    designate(organisation, *(PersonFactory(organisation=organisation, family_name=name) for name in ("Een", "Twee")))

    page = client_as(Role.HR).get(reverse(LIST) + "?zoek=twee").context["listing"].page

    assert [row.family_name for row in page] == ["Twee"]


@pytest.mark.parametrize("size", [3, 60])
def test_the_list_asks_the_database_as_often_for_many(organisation, client_as, size) -> None:
    designate(organisation, *(PersonFactory(organisation=organisation) for _number in range(size)))
    client = client_as(Role.HR)
    client.get(reverse(LIST))

    assert data_queries(lambda: client.get(reverse(LIST))) == 6
