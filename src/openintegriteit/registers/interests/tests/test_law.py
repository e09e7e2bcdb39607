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

    assert [answer.state for answer in recorded_answers(today())] == ["met"]


@pytest.mark.parametrize("size", [1, 40])
def test_answering_asks_the_database_as_often_for_many(organisation, size) -> None:
    designate(organisation, *(PersonFactory(organisation=organisation) for _number in range(size)))

    assert data_queries(lambda: recorded_answers(today())) == 3
