"""What the register answers about duties of law, for each kind of body."""

import pytest

from openintegriteit.accountability.legal_position import legal_position
from openintegriteit.core.clock import today
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import NothingToDeclare
from openintegriteit.registers.interests.recorded import recorded_answers
from openintegriteit.registers.interests.tests.factories import designate, interest

pytestmark = pytest.mark.database
NOT_KNOWN = "Welke belangen verboden zijn, blijkt niet uit deze gegevens."


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board"])
def test_ambtenarenwet_5_1_d_who_is_designated_has_answered_and_all_is_decided(organisation, kind) -> None:
    organisation.kind = kind

    def answer() -> tuple[str, str]:
        (found,) = [row for row in legal_position(organisation, today()) if row.key == "AW-05-1d"]
        assert found.recorded is not None
        return found.recorded.state, found.recorded.reason

    assert answer()[0] == "not_shown"
    first, second = PersonFactory(organisation=organisation), PersonFactory(organisation=organisation)
    designate(organisation, first, second)
    made = interest(organisation, first).declaration
    assert answer() == (
        "not_shown",
        "Er is 1 functie aangewezen. Van de 2 mensen die ze hebben, hebben er 1 nog niet geantwoord. "
        f"1 wacht op een besluit. {NOT_KNOWN}",
    )

    NothingToDeclare.objects.create(organisation=organisation, register="interests", person=second, said_on=today())
    assert answer()[0] == "not_shown"
    made.outcome, made.decided_revision = "conditions", made.revision
    made.save()

    assert answer() == (
        "met",
        f"Er is 1 functie aangewezen. Iedereen die ze heeft, heeft geantwoord. Niets wacht op een besluit. {NOT_KNOWN}",
    )


def test_what_an_office_holder_declares_is_no_matter_of_it(organisation) -> None:
    designate(organisation, PersonFactory(organisation=organisation, kind="elected_member"))
    interest(organisation, PersonFactory(organisation=organisation, kind="elected_member"))

    states = {answer.subject: answer.state for answer in recorded_answers(today())}
    assert states == {
        "interests_kept": "met",
        "interests_answered": "met",
        "works_decided": "not_shown",
        "interests_decided": "not_shown",
    }


@pytest.mark.parametrize("size", [1, 40])
def test_answering_asks_the_database_as_often_for_many(organisation, size) -> None:
    designate(organisation, *(PersonFactory(organisation=organisation) for _number in range(size)))

    assert data_queries(lambda: recorded_answers(today())) == 3


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board"])
@pytest.mark.parametrize(
    ("key", "interest_kind"), [("AW-08-1b", "works"), ("AW-08-1cd", "securities"), ("AW-08-1cd", "real_estate")]
)
def test_ambtenarenwet_8_1_b_to_d_each_interest_was_decided_about(organisation, kind, key, interest_kind) -> None:
    organisation.kind = kind

    def answer() -> tuple[str, str]:
        (found,) = [row for row in legal_position(organisation, today()) if row.key == key]
        assert found.recorded is not None
        return found.recorded.state, found.recorded.reason

    assert answer() == ("not_shown", "Dit heeft nog geen ambtenaar opgegeven.")
    made = interest(organisation, PersonFactory(organisation=organisation), detail={"kind": interest_kind}).declaration
    assert answer() == ("not_shown", "Ambtenaren hebben hiervan 1 opgave gedaan. 1 wacht op een besluit.")
    made.outcome, made.decided_revision = "allowed", made.revision
    made.save()
    assert answer() == ("met", "Ambtenaren hebben hiervan 1 opgave gedaan. Niets wacht op een besluit.")
    made.outcome = "forbidden"
    made.save()
    assert answer()[0] == "not_shown"
    assert answer()[1].endswith("1 is verboden en nog niet gestopt.")
    made.ends_on = made.declared_on
    made.save()
    assert answer()[0] == "met"


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board"])
def test_ambtenarenwet_8_2_b_everybody_who_is_designated_has_answered(organisation, kind) -> None:
    organisation.kind = kind

    def state() -> str:
        (found,) = [row for row in legal_position(organisation, today()) if row.key == "AW-08-2b"]
        assert found.recorded is not None
        return found.recorded.state

    assert state() == "not_shown"
    person = PersonFactory(organisation=organisation)
    designate(organisation, person)
    assert state() == "not_shown"
    NothingToDeclare.objects.create(organisation=organisation, register="interests", person=person, said_on=today())
    assert state() == "met"
