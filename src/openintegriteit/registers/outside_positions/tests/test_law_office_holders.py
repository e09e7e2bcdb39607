"""What the register answers about the duties of office holders, and what is public of them, for each kind of body."""

from datetime import date

import pytest
import time_machine

from openintegriteit.organisations.models import Mandate, PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.tests.factories import regulation, version
from openintegriteit.publication.telling import words
from openintegriteit.registers.declarations.models import NothingToDeclare
from openintegriteit.registers.outside_positions.models import OutsidePosition, PositionIncome
from openintegriteit.registers.outside_positions.published import income_of_office_holders, of_office_holders
from openintegriteit.registers.outside_positions.queries import beside_the_law
from openintegriteit.registers.outside_positions.tests.factories import assessment, income, position
from openintegriteit.registers.outside_positions.tests.test_law import answer

pytestmark = pytest.mark.database
DAY = date(2026, 11, 20)
ELECTED, EXECUTIVE = PersonKind.ELECTED_MEMBER, PersonKind.EXECUTIVE_MEMBER
CHAIR, AUDIT_COURT = PersonKind.CHAIR, PersonKind.AUDIT_COURT_MEMBER


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(DAY):
        yield


@pytest.fixture
def body(organisation):
    """The body as another kind."""

    def of_kind(kind):
        organisation.kind = kind
        organisation.save()
        return organisation

    return of_kind


def holder(organisation, kind, **values):
    return PersonFactory(organisation=organisation, kind=kind, started_on=date(2022, 6, 1), **values)


@pytest.mark.parametrize(
    ("kind", "key", "office", "role"),
    [
        ("municipality", "GW-13", ELECTED, "Burgemeester"),
        ("municipality", "GW-36b", EXECUTIVE, "Raadslid"),
        ("municipality", "GW-68", CHAIR, "Wethouder"),
        ("municipality", "GW-81f", AUDIT_COURT, "Raadslid"),
        ("province", "PW-13", ELECTED, "Gedeputeerde"),
        ("province", "PW-35c", EXECUTIVE, "Statenlid"),
        ("province", "PW-67", CHAIR, "Burgemeester"),
        ("province", "PW-79f", AUDIT_COURT, "Statenlid"),
        ("water_board", "WSW-31", ELECTED, "Wethouder"),
        ("water_board", "WSW-47-1", CHAIR, "Burgemeester"),
        ("water_board", "WSW-51af", AUDIT_COURT, "Gedeputeerde"),
    ],
)
def test_positions_were_laid_beside_the_functions_that_the_law_forbids(body, kind, key, office, role) -> None:
    organisation = body(kind)
    assert answer(organisation, key).state == "not_shown"
    person = holder(organisation, office)
    assert answer(organisation, key).reason.startswith("Van 1 van de 1 ")
    made = position(organisation, person, detail={"role": role, "where": "Elders"}, starts_on=date(2020, 1, 1))
    assert answer(organisation, key).reason.startswith("1 opgegeven functie lijkt")

    assessment(made, "exception")
    assert answer(organisation, key).state == "met"
    assessment(made, "given_up")
    assert answer(organisation, key).reason == "1 functie zou worden neergelegd en is niet gestopt."

    made.declaration.ends_on = date(2026, 11, 1)
    made.declaration.save()
    assert answer(organisation, key).state == "met"


def test_what_was_found_holds_for_the_position_as_it_read_then(body) -> None:
    organisation = body("municipality")
    made = position(organisation, holder(organisation, ELECTED), detail={"role": "Burgemeester"})
    assessment(made)
    assert answer(organisation, "GW-13").state == "met"

    made.declaration.revision = 2
    made.declaration.save()

    assert answer(organisation, "GW-13").state == "not_shown"


@pytest.mark.parametrize(
    ("kind", "key", "office"),
    [
        ("municipality", "GW-41b-1", EXECUTIVE),
        ("municipality", "GW-67-1", CHAIR),
        ("province", "PW-40b-1", EXECUTIVE),
        ("province", "PW-66-1", CHAIR),
        ("water_board", "WSW-44k-1", EXECUTIVE),
        ("water_board", "WSW-48-1", CHAIR),
    ],
)
def test_each_position_was_weighed_for_whether_it_is_undesirable(body, kind, key, office) -> None:
    """Gemeentewet 41b(1) and 67(1), Provinciewet 40b(1) and 66(1), Waterschapswet 44k(1) and 48(1)."""
    organisation = body(kind)
    assert answer(organisation, key).state == "not_shown"
    person = holder(organisation, office)
    made = position(organisation, person)
    of_office = position(organisation, person, detail={"ex_officio": True})  # the law makes no exception for it
    assert answer(organisation, key).reason.startswith("Van 2 opgegeven functies is niet vastgelegd")

    assessment(made, "not_undesirable")
    assessment(made)  # beside the list of the law is another question
    assessment(of_office, "undesirable_kept")
    assert answer(organisation, key).reason == "1 functie bleek ongewenst en is niet gestopt."
    assessment(of_office, "not_undesirable")
    assert answer(organisation, key).state == "met"

    made.declaration.revision = 2
    made.declaration.save()
    assert answer(organisation, key).state == "not_shown"


@pytest.mark.parametrize(
    ("kind", "key", "article"),
    [
        ("municipality", "GW-80", "Gemeentewet, artikel 67, lid 1"),
        ("province", "PW-78", "Provinciewet, artikel 66, lid 1"),
    ],
)
@pytest.mark.parametrize(
    ("office", "held_as"), [(CHAIR, "charged_to_act"), (EXECUTIVE, "stands_in"), (ELECTED, "stands_in")]
)
def test_for_who_acts_for_the_chair_the_rules_of_the_chair_hold(body, kind, key, article, office, held_as) -> None:
    """Gemeentewet 80, Provinciewet 78."""
    organisation = body(kind)
    person = holder(organisation, office)
    NothingToDeclare.objects.create(organisation=organisation, register="prohibited_acts", person=person, said_on=DAY)
    code = regulation(organisation, audience="executive")
    version(code, "1", adopted_on=date(2022, 1, 1), in_force_on=date(2022, 1, 1))
    was = {"started_on": date(2023, 1, 1), "ended_on": date(2023, 3, 1), "held_as": held_as}
    Mandate.objects.create(organisation=organisation, person=person, office="Waarnemend", **was)
    assert (
        answer(organisation, key).reason == "Niemand neemt het ambt van burgemeester of commissaris van de Koning waar."
    )

    now = {"started_on": date(2026, 3, 1), "held_as": held_as}
    Mandate.objects.create(organisation=organisation, person=person, office="Waarnemend", **now)
    assert answer(organisation, key).state == "not_shown"
    made = position(organisation, person, starts_on=date(2020, 1, 1))
    (found,) = beside_the_law(organisation, DAY)
    assert (found.norm.article, found.is_unweighed) == (article, True)
    assert answer(organisation, key).state == "not_shown"
    assessment(made, "not_undesirable")
    assert answer(organisation, key).state == "met"
    assert "Gedragscode" in answer(organisation, key).reason

    began_as_member = position(organisation, person, starts_on=date(2024, 1, 1))
    assessment(began_as_member, "not_undesirable")
    assert (answer(organisation, key).state == "not_shown") == (office == EXECUTIVE)  # a member reports no intention
    OutsidePosition.objects.filter(pk=began_as_member.pk).update(intention_reported_on=date(2023, 12, 1))
    with time_machine.travel(date(2027, 4, 2)):  # the income of 2026, in which somebody acted
        assert "2026" in answer(organisation, key).reason
        income(organisation, person, year=2026, told_on=date(2027, 3, 1))
        assert answer(organisation, key).state == "met"


@pytest.mark.parametrize(
    ("kind", "key"), [("municipality", "GW-41b-2"), ("province", "PW-40b-2"), ("water_board", "WSW-44k")]
)
def test_the_intention_to_accept_a_position_was_reported_before_it_began(body, kind, key) -> None:
    """Gemeentewet 41b(2), Provinciewet 40b(2), Waterschapswet 44k(2)."""
    organisation = body(kind)
    person = holder(organisation, EXECUTIVE)
    position(organisation, person, starts_on=date(2019, 1, 1))
    assert answer(organisation, key).state == "met"
    made = position(organisation, person, starts_on=date(2026, 3, 1))
    assert (answer(organisation, key).state, "niet vastgelegd" in answer(organisation, key).reason) == (
        "not_shown",
        True,
    )

    for day, state in ((date(2026, 3, 1), "not_shown"), (date(2026, 2, 1), "met")):
        OutsidePosition.objects.filter(pk=made.pk).update(intention_reported_on=day)
        assert answer(organisation, key).state == state


@pytest.mark.parametrize(
    ("kind", "key"), [("municipality", "GW-41b-4"), ("province", "PW-40b-4"), ("water_board", "WSW-44k-4")]
)
def test_who_is_not_part_time_made_the_income_of_last_year_public_by_1_april(body, kind, key) -> None:
    """Gemeentewet 41b(4), Provinciewet 40b(4), Waterschapswet 44k(4)."""
    organisation = body(kind)
    assert answer(organisation, key).state == "not_shown"
    earner, part_timer = holder(organisation, EXECUTIVE), holder(organisation, EXECUTIVE)
    PersonFactory(organisation=organisation, kind=EXECUTIVE, started_on=date(2026, 1, 1))  # not in office that year
    income(organisation, part_timer, year=2024, outcome="part_time", told_on=date(2025, 1, 10))
    assert answer(organisation, key).reason.startswith("Van 1 van de 2 ")

    told = income(organisation, earner, outcome="public", amount="1200.00", told_on=date(2026, 4, 2))
    assert "na 1 april" in answer(organisation, key).reason
    PositionIncome.objects.filter(pk=told.pk).update(told_on=date(2026, 4, 1))

    assert answer(organisation, key).state == "met"
    with time_machine.travel(date(2027, 4, 1)):
        assert answer(organisation, key).state == "met"
    with time_machine.travel(date(2027, 4, 2)):
        assert answer(organisation, key).state == "not_shown"


@pytest.mark.parametrize(("kind", "key"), [("municipality", "GW-67"), ("province", "PW-66"), ("water_board", "WSW-48")])
def test_a_chair_reports_and_makes_public_all_but_what_belongs_to_the_office(body, kind, key) -> None:
    """Gemeentewet 67(2) and (3), Provinciewet 66(2) and (3), Waterschapswet 48(2) and (3)."""
    organisation = body(kind)
    chair = holder(organisation, CHAIR)
    assert answer(organisation, key).state == "not_shown"
    position(organisation, chair, detail={"ex_officio": True, "where": "Hoort erbij"}, starts_on=date(2026, 3, 1))
    made = position(organisation, chair, starts_on=date(2026, 3, 1))
    income(organisation, chair, outcome="part_time")  # the article makes no exception for it
    PositionIncome.objects.update(year=2024)
    assert "2025" in answer(organisation, key).reason
    income(organisation, chair)
    assert answer(organisation, key).state == "not_shown"

    OutsidePosition.objects.filter(pk=made.pk).update(intention_reported_on=date(2026, 2, 1))

    assert answer(organisation, key).state == "met"
    assert "ter inzage" in answer(organisation, key).reason
    assert [entry.key for entry in of_office_holders(organisation, DAY, DAY)] == [made.declaration_id]


@pytest.mark.parametrize(
    ("kind", "key", "office"),
    [
        ("municipality", "GW-44-4", EXECUTIVE),
        ("municipality", "GW-66-4", CHAIR),
        ("province", "PW-43-4", EXECUTIVE),
        ("province", "PW-65-4", CHAIR),
        ("water_board", "WSW-44-3", EXECUTIVE),
        ("water_board", "WSW-48-4", CHAIR),
    ],
)
def test_where_the_money_of_a_position_goes_that_belongs_to_the_office(body, kind, key, office) -> None:
    organisation = body(kind)
    person = holder(organisation, office)
    position(organisation, person, detail={"is_paid": True})
    assert answer(organisation, key).state == "met"
    made = position(organisation, person, detail={"ex_officio": True, "is_paid": True})
    assert answer(organisation, key).state == "not_shown"

    OutsidePosition.objects.filter(pk=made.pk).update(ex_officio_agreement="Naar de kas.")

    assert answer(organisation, key).state == "met"
    assert answer(organisation, key).reason.endswith(
        "Of het geld echt naar de kas ging, laten deze gegevens niet zien."
    )


@pytest.mark.parametrize(
    ("kind", "key"), [("municipality", "GW-81e"), ("province", "PW-79e"), ("water_board", "WSW-51ae")]
)
def test_members_of_the_court_of_audit_made_their_positions_public(body, kind, key) -> None:
    """Gemeentewet 81e, Provinciewet 79e, Waterschapswet 51ae."""
    organisation = body(kind)
    assert answer(organisation, key).state == "not_shown"
    NothingToDeclare.objects.create(
        organisation=organisation, register="outside_positions", person=holder(organisation, AUDIT_COURT), said_on=DAY
    )

    assert answer(organisation, key).state == "met"


def test_public_is_the_income_of_a_year_until_that_of_the_next_one_is_due(body) -> None:
    organisation = body("municipality")
    person = holder(organisation, EXECUTIVE)
    told = income(organisation, person, outcome="public", amount="1234.5", told_on=date(2026, 3, 1))
    income(organisation, holder(organisation, EXECUTIVE))
    told.refresh_from_db()

    (entry,) = income_of_office_holders(organisation, DAY, DAY)

    assert (entry.key, entry.values["year"], entry.values["income"]) == (told.pk, "2025", "1234.50")
    assert words("amount", entry.values["income"]) == "€\N{NO-BREAK SPACE}1.234,50"
    assert income_of_office_holders(organisation, date(2027, 4, 1), date(2027, 4, 1))
    assert not income_of_office_holders(organisation, date(2027, 4, 2), date(2027, 4, 2))
