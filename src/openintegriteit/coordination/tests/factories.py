"""Advice, for tests of every app; call it within the scope of the body."""

from datetime import date
from typing import Any

from openintegriteit.coordination.models import Advice
from openintegriteit.organisations.models import Organisation


def advice(organisation: Organisation, **values: Any) -> Advice:
    """Advice that an official asked for in 2026."""
    given = {
        "day": date(2026, 5, 12),
        "theme": "nevenwerkzaamheden",
        "initiative": "asked",
        "function": "official",
        "question": "Mag een webwinkel?",
        "advice": "Ja, na melding.",
    }
    return Advice.objects.create(organisation=organisation, **given | values)
