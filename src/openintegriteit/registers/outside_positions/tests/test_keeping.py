"""What an office holder and the clerk do about the law, as they use the pages."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor, Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.models import Mandate
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions import due
from openintegriteit.registers.outside_positions.models import Assessment, OutsidePosition, PositionIncome, Question
from openintegriteit.registers.outside_positions.operations import change, record_assessment
from openintegriteit.registers.outside_positions.queries import beside_the_law, may_ask_a_look
from openintegriteit.registers.outside_positions.tests.factories import income, position
from openintegriteit.registers.outside_positions.tests.test_pages import new, page_of, signed_in, typed

pytestmark = pytest.mark.database
LAST_YEAR = today().year - 1


@pytest.fixture
def alderman(organisation):
    organisation.kind = "municipality"
    organisation.save()
    user, person = somebody(
        organisation, Role.EXECUTIVE_MEMBER, kind="executive_member", started_on=date(LAST_YEAR - 3, 1, 1)
    )
    return signed_in(user), person


@pytest.fixture
def clerk(client_as):
    return client_as(Role.CLERK)


def due_for(organisation, *roles):
    actor = Actor("x", "Iemand", organisation.pk, frozenset(roles))
    return [item.detail for item in due.due_items(actor, today())]


def text_of(response) -> str:
    return response.content.decode()


def declared_by(client, person, **values):
    sent = typed(ex_officio="False", starts_on=today() + timedelta(days=20), **values)
    response = client.post(new(person), sent, follow=True)
    return Declaration.objects.latest("declared_on"), text_of(response)


def test_a_function_of_the_list_is_asked_about_and_the_clerk_records_what_was_found(
    organisation, alderman, clerk
) -> None:
    client, person = alderman
    assert "lid van de raad van een gemeente" in text_of(client.get(new(person)))

    declaration, page = declared_by(client, person, role="Raadslid", where="Gemeente Noordveen")

    assert "Gemeentewet, artikel 36b, lid 1, onder l" in page
    assert "De griffier beoordeelt" in page
    address = reverse("outside_positions:incompatible", args=[declaration.pk])
    assert address not in page
    assert client.get(address).status_code == 403
    assert any("Gaat misschien niet samen" in detail for detail in due_for(organisation, Role.CLERK))
    assert "onder l" in text_of(clerk.get(address))
    key = uuid.uuid4()
    sent = {"submission": key, "revision": 1, "outcome": "given_up", "reasons": "Stopt in de raad."}
    assert clerk.post(address, sent | {"reasons": ""}).status_code == 422
    made = OutsidePosition.objects.get()
    clerk_actor = acting(somebody(organisation, Role.CLERK)[0], organisation)
    values = {"role": "Raadslid", "where": "Gemeente Zuidveen"}
    change(made, actor=clerk_actor, expected_version=made.version, values=values)
    stale = clerk.post(address, sent)
    assert (stale.status_code, Assessment.objects.count()) == (409, 0)
    assert "Gemeente Zuidveen" in text_of(stale) and "Stopt in de raad." in text_of(stale)
    for _click in range(2):
        clerk.post(address, sent | {"revision": 2})

    assert Assessment.objects.get().revision == 2
    assert "Stopt in de raad." in text_of(client.get(page_of(declaration)))
    assert not any("Gaat misschien" in detail for detail in due_for(organisation, Role.CLERK))


def test_the_clerk_records_how_a_position_was_weighed_and_a_change_asks_it_anew(organisation, alderman, clerk) -> None:
    """Gemeentewet 41b(1): who holds the office and the council weigh it, the clerk records it."""
    client, person = alderman
    made = position(organisation, person, starts_on=date(LAST_YEAR - 4, 1, 1))
    address = reverse("outside_positions:undesirable", args=[made.declaration_id])
    page = page_of(made.declaration)
    assert "Gemeentewet, artikel 41b, lid 1" in text_of(client.get(page))
    assert (client.get(address).status_code, address in text_of(client.get(page))) == (403, False)
    assert any("ongewenst" in detail for detail in due_for(organisation, Role.CLERK))
    told = {"outcome": "not_undesirable", "reasons": "Kost weinig tijd.", "weighed_by": "Het lid, met de raad"}
    sent = {"submission": uuid.uuid4(), "revision": 1, "weighed_on": today(), **told}
    tomorrow = today() + timedelta(days=1)
    for wrong in ({"weighed_on": tomorrow}, {"weighed_by": ""}, {"outcome": "given_up"}):
        assert clerk.post(address, sent | wrong).status_code == 422

    clerk.post(address, sent)

    weighed = Assessment.objects.get()
    assert (weighed.question, weighed.weighed_by) == ("undesirable", "Het lid, met de raad")
    assert weighed.recorded_by != weighed.weighed_by
    assert "Kost weinig tijd. Het lid, met de raad," in text_of(client.get(page))
    assert not any("ongewenst" in detail for detail in due_for(organisation, Role.CLERK))
    clerk_actor = acting(somebody(organisation, Role.CLERK)[0], organisation)
    change(made, actor=clerk_actor, expected_version=made.version, values={"where": "Stichting De Overkant"})
    assert any("ongewenst" in detail for detail in due_for(organisation, Role.CLERK))
    assert "Kost weinig tijd." in text_of(clerk.get(address))


def test_an_intention_that_was_not_reported_is_asked_until_the_clerk_records_it(organisation, alderman, clerk) -> None:
    client, person = alderman
    assert "Gemeentewet, artikel 41b, lid 2" in text_of(client.get(new(person)))
    declaration, page = declared_by(client, person)
    address = reverse("outside_positions:intention", args=[declaration.pk])
    assert "Is het voornemen gemeld?" in page
    assert (client.get(address).status_code, address in page) == (403, False)
    assert any("voornemen" in detail for detail in due_for(organisation, Role.CLERK))
    made = OutsidePosition.objects.get()
    tomorrow = today() + timedelta(days=1)
    assert clerk.post(address, {"version": 1, "intention_reported_on": tomorrow}).status_code == 422

    clerk.post(address, {"version": 1, "intention_reported_on": today()})

    made.refresh_from_db()
    assert (made.intention_reported_on, declaration.revision) == (today(), 1)
    assert "Is het voornemen gemeld?" not in text_of(client.get(page_of(declaration)))
    assert not any("voornemen" in detail for detail in due_for(organisation, Role.CLERK))
    assert clerk.post(address, {"version": 1, "intention_reported_on": today() - timedelta(days=2)}).status_code == 409


def test_a_member_makes_income_public_or_tells_that_there_is_none(organisation, alderman) -> None:
    client, person = alderman
    address = reverse("outside_positions:income", args=[person.pk, LAST_YEAR])
    page = text_of(client.get(address))
    assert "Gemeentewet, artikel 41b, lid 4" in page
    assert 'value="part_time"' not in page
    sent = {"submission": uuid.uuid4(), "outcome": "public", "amount": "1.200,50", "told_on": today()}
    for wrong in (
        {"amount": ""},
        {"amount": "0"},
        {"outcome": "nothing"},
        {"outcome": "part_time", "amount": ""},
        {"told_on": today() + timedelta(days=1)},
        {"told_on": date(LAST_YEAR, 12, 31)},
    ):
        assert client.post(address, sent | wrong).status_code == 422, wrong

    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    told = PositionIncome.objects.get()
    other = sent | {"submission": uuid.uuid4()}
    assert client.post(address, other).status_code == 302  # the same was told already
    beside = client.post(address, other | {"amount": "900"})
    assert (beside.status_code, beside.context["form"]["version"].value()) == (409, "1")
    assert [(line.stored, line.typed) for line in beside.context["differences"]] == [("1.200,5", "900")]
    assert (told.year, str(told.amount)) == (LAST_YEAR, "1200.50")
    client.post(address, {"version": 1, "outcome": "nothing", "amount": "", "told_on": today()})
    told.refresh_from_db()
    assert (told.outcome, told.amount, told.version) == ("nothing", None, 2)
    stranger = PersonFactory(organisation=organisation, kind="executive_member")
    for other in (
        reverse("outside_positions:income", args=[stranger.pk, LAST_YEAR]),
        reverse("outside_positions:income", args=[person.pk, today().year]),
        reverse("outside_positions:income", args=[person.pk, 0]),
        reverse("outside_positions:incomes_of", args=[today().year]),
    ):
        assert client.get(other).status_code == 404
    assert stranger.full_name not in text_of(client.get(reverse("outside_positions:incomes")))


def test_who_is_part_time_is_asked_no_more_and_only_the_clerk_says_so(organisation, alderman, clerk) -> None:
    person = alderman[1]
    year_before = LAST_YEAR - 1
    assert any(person.full_name in detail for detail in due_for(organisation, Role.CLERK))

    address = reverse("outside_positions:income", args=[person.pk, year_before])
    sent = {"submission": uuid.uuid4(), "outcome": "part_time", "amount": "", "told_on": today()}
    assert clerk.post(address, sent).status_code == 302

    assert "deeltijd" in text_of(clerk.get(reverse("outside_positions:incomes")))
    assert not any(person.full_name in detail for detail in due_for(organisation, Role.CLERK))


def test_the_desk_of_a_member_asks_their_own_income_only(organisation, alderman) -> None:
    client, person = alderman
    other = PersonFactory(organisation=organisation, kind="executive_member", started_on=date(LAST_YEAR, 1, 1))

    page = text_of(client.get(reverse("desks:home")))
    actor = Actor("x", "Griffier", organisation.pk, frozenset({Role.CLERK}))
    days = due.calendar_items(actor, date(LAST_YEAR, 12, 31), date(LAST_YEAR + 1, 12, 31), 10)

    assert [(item.day, item.waiting) for item in days] == [(date(LAST_YEAR + 1, 4, 1), True)]
    assert reverse("outside_positions:income", args=[person.pk, LAST_YEAR]) in page
    assert reverse("outside_positions:income", args=[other.pk, LAST_YEAR]) not in page


def test_what_belongs_to_the_office_of_a_chair_is_not_public_and_says_so(organisation) -> None:
    organisation.kind = "municipality"
    organisation.save()
    user, person = somebody(organisation, Role.CHAIR, kind="chair")
    made = position(organisation, person, detail={"ex_officio": True})

    page = text_of(signed_in(user).get(page_of(made.declaration)))

    assert "Dit staat niet op de openbare site" in page
    assert "binnen een minuut" not in page


def test_nothing_is_found_about_what_an_official_declared(organisation, clerk) -> None:
    made = position(organisation, PersonFactory(organisation=organisation), detail={"role": "Burgemeester"})
    actor = Actor("x", "Griffier", organisation.pk, frozenset({Role.CLERK}))

    for name in ("incompatible", "undesirable", "intention"):
        assert clerk.get(reverse(f"outside_positions:{name}", args=[made.declaration_id])).status_code == 404
    with pytest.raises(PermissionDenied):
        record_assessment(
            actor=actor,
            declaration=made.declaration,
            identifier=uuid.uuid4(),
            question=Question.INCOMPATIBLE,
            expected_revision=1,
            values={"outcome": "exception", "reasons": "x"},
        )
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("size", [2, 30])
def test_what_waits_asks_the_database_as_often_for_many(organisation, alderman, size) -> None:
    for _number in range(size):
        member = PersonFactory(organisation=organisation, kind="executive_member", started_on=date(2020, 1, 1))
        position(organisation, member, detail={"role": "Burgemeester"}, starts_on=today())
        income(organisation, member, year=LAST_YEAR - 1)
    actor = Actor("x", "Griffier", organisation.pk, frozenset({Role.CLERK}))

    assert data_queries(lambda: due.due_items(actor, today())) == 6


def test_positions_of_members_are_passed_by_unless_their_words_or_who_holds_them_can_ask_a_look(organisation) -> None:
    member, stand_in = (PersonFactory(organisation=organisation, kind="elected_member") for _number in range(2))
    Mandate.objects.create(organisation=organisation, person=stand_in, office="Voorzitter", held_as="stands_in")
    for person, role, where in (
        (member, "Penningmeester", "Stichting Oud Papier"),
        (member, "Wethouder", "Een andere gemeente"),
        (member, "Vrijwilliger", organisation.name),
        (stand_in, "Trainer", "Voetbalclub"),
    ):
        position(organisation, person, detail={"role": role, "where": where})

    found = may_ask_a_look(organisation, today())

    assert {row.position.role for row in found} == {"Wethouder", "Vrijwilliger", "Trainer"}
    assert found == [row for row in beside_the_law(organisation, today()) if row.position.role != "Penningmeester"]
