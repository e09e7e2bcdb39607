"""What the register shows about duties of law."""

from datetime import date

from django.urls import reverse

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.recorded import counted, decided
from openintegriteit.registers.gifts.operations import REGISTER


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether gifts to officials that ask consent were decided about: Ambtenarenwet 2017, art. 8(1)e (one query).

    What was forbidden happened once, so that it cannot go on.
    """
    of_officials = Declaration.objects.filter(register=REGISTER, regime=Regime.OFFICIALS)
    numbers = of_officials.aggregate(**counted(day))
    return [decided("gifts_decided", numbers | {"forbidden": 0}, reverse("gifts:gifts"))]
