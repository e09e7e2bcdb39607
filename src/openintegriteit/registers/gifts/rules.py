"""When the employer has to consent to a gift (Ambtenarenwet 2017, art. 8(1)e). Pure: no records, no clock."""

from decimal import Decimal
from typing import Protocol

KEPT = frozenset({"offered", "accepted"})  # what the official has or may still get


class Terms(Protocol):
    """What a rule of the body says about consent."""

    limit: Decimal
    consent_below_limit: bool
    never_at_home: bool


def asks_consent(terms: Terms | None, *, value: Decimal | None, answer: str, received_at: str) -> bool:
    """Whether somebody has to decide about what an official was offered, by the rule of the day of the offer.

    The law forbids accepting without consent, so what was refused, returned or handed to the body asks none. The rule
    of a body can consent beforehand, up to and including its limit; that covers neither what came to somebody's home
    where it may not, nor what has no known value. Without a rule the law alone holds.
    """
    if answer not in KEPT:
        return False
    if terms is None or terms.consent_below_limit or value is None:
        return True
    if terms.never_at_home and received_at == "home":
        return True
    return value > terms.limit
