"""What every page frame shows: the body, the person, and the way to the pages that the person may see."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from openintegriteit.core.roles import Role
from openintegriteit.desks.navigation import navigation_for
from openintegriteit.desks.permissions import POLICY
from openintegriteit.identity.queries import style_address


def frame(request: HttpRequest) -> dict[str, Any]:
    """The names that `ui/work.html`, `ui/base.html` and the page of one's account read."""
    organisation = getattr(request, "organisation", None)
    actor = getattr(request, "actor", None)
    shared = {
        "organisation": organisation,
        "actor": actor,
        "demo_mode": settings.DEMO_MODE,
        "body_name": organisation.name if organisation else "",
        "accessibility_url": reverse("accessibility") if organisation else "",
        "house_style_url": style_address(organisation) if organisation else "",
    }
    if actor is None or organisation is None:
        return {**shared, "home_url": "/", "navigation": []}
    return {
        **shared,
        "home_url": reverse("desks:home"),
        "search_url": reverse("desks:search"),
        "person_name": actor.label,
        "role_name": ", ".join(str(Role(role).label) for role in sorted(actor.roles)),
        "account_url": reverse("identity:account"),
        "feed_url": reverse("desks:feed") if POLICY.allows(actor, "calendar") else "",
        "sign_out_url": reverse("account_logout"),
        "navigation": navigation_for(actor, organisation, request.path),
    }
