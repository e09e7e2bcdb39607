"""When the employer has to consent (Ambtenarenwet 2017, art. 8(1)e: nothing is accepted without consent)."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from openintegriteit.registers.gifts.models import Answer, Place, giver_key
from openintegriteit.registers.gifts.rules import asks_consent


@dataclass
class Terms:
    limit: Decimal = Decimal("50.00")
    consent_below_limit: bool = False
    never_at_home: bool = True


def asks(terms=None, *, value="10", answer="accepted", received_at="work") -> bool:
    amount = None if value is None else Decimal(value)
    return asks_consent(terms, value=amount, answer=answer, received_at=received_at)


@pytest.mark.parametrize(
    ("value", "expected"), [("0", False), ("49.99", False), ("50", False), ("50.00", False), ("50.01", True)]
)
def test_the_limit_itself_is_allowed(value, expected) -> None:
    assert asks(Terms(), value=value) is expected


def test_without_a_rule_the_law_alone_holds() -> None:
    assert asks(None, value="0.01")


def test_a_rule_can_ask_consent_for_everything() -> None:
    assert asks(Terms(consent_below_limit=True), value="1")
    assert asks(Terms(limit=Decimal(0)), value="0.01")


def test_what_nobody_knows_the_value_of_is_not_below_the_limit() -> None:
    assert asks(Terms(), value=None)


def test_nothing_comes_to_a_home_without_consent_where_the_rule_forbids_it() -> None:
    assert asks(Terms(), received_at="home")
    assert not asks(Terms(never_at_home=False), received_at="home")
    assert not asks(Terms(), received_at="elsewhere")


def test_what_the_official_does_not_keep_asks_no_consent() -> None:
    waits = {answer for answer in Answer if asks(None, value="500", answer=answer)}

    assert waits == {Answer.OFFERED, Answer.ACCEPTED}
    assert not any(asks(None, value=None, answer=Answer.REFUSED, received_at=place) for place in Place)


@pytest.mark.parametrize("name", ["Café De Hoop", "CAFE DE HOOP", "  Cafe\tde  hoop ", "cafe\u0301 de hoop"])
def test_a_giver_is_one_however_it_is_written(name) -> None:
    assert giver_key(name) == "cafe de hoop"
