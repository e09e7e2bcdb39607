"""What the register answers about duties of law, for each kind of body."""

import pytest

from openintegriteit.accountability.legal_position import legal_position
from openintegriteit.core.clock import today
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.gifts.tests.factories import gift

pytestmark = pytest.mark.database


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board"])
def test_ambtenarenwet_8_1_e_each_gift_that_asks_consent_was_decided_about(organisation, kind) -> None:
    organisation.kind = kind

    def answer() -> tuple[str, str]:
        (found,) = [row for row in legal_position(organisation, today()) if row.key == "AW-08-1e"]
        assert found.recorded is not None
        return found.recorded.state, found.recorded.reason

    official = PersonFactory(organisation=organisation)
    gift(organisation, PersonFactory(organisation=organisation, kind="elected_member"))
    assert answer() == ("not_shown", "Dit heeft nog geen ambtenaar opgegeven.")
    gift(organisation, official, asks_decision=False)
    assert answer() == ("met", "Ambtenaren hebben hiervan 1 opgave gedaan. Niets wacht op een besluit.")
    waiting = gift(organisation, official, asks_decision=True).declaration
    assert answer() == ("not_shown", "Ambtenaren hebben hiervan 2 opgaven gedaan. 1 wacht op een besluit.")
    waiting.outcome, waiting.decided_revision = "forbidden", waiting.revision
    waiting.save()
    assert answer()[0] == "met"  # it was decided, and happened on one day
