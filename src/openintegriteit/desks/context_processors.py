"""What every page frame shows: the body, the person, and the way to the pages that the person may see."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from openintegriteit.desks.navigation import navigation_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """`organisation`, `actor`, `navigation` and `demo_mode` for the templates."""
    actor = getattr(request, "actor", None)
    return {
        "organisation": getattr(request, "organisation", None),
        "actor": actor,
        "demo_mode": settings.DEMO_MODE,
        "navigation": navigation_for(actor, request.path) if actor else [],
    }
