"""How somebody signed in, as the session remembers it: by the body's sign-in service, and how strongly."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest

from openintegriteit.core.roles import SECOND_GRANTER
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import open_roles

METHOD = "provider"


def record_provider(request: HttpRequest, user: User, *, strong: bool) -> None:
    """Remember that the sign-in service sent this person, and whether with a second factor that the body accepts."""
    record_authentication(request, user, method=METHOD, strong=strong)


def came_by_provider(request: HttpRequest, user: User) -> bool:
    """Whether this visit began at the sign-in service."""
    return bool(_records(request, user))


def provider_vouches(request: HttpRequest, user: User, roles: frozenset[str]) -> bool:
    """Whether the second factor of the service will do: never for sensitive roles, which keep one of their own."""
    return roles.isdisjoint(SECOND_GRANTER) and any(entry.get("strong") is True for entry in _records(request, user))


def second_factor_present(request: HttpRequest, user: User) -> bool:
    """Whether a second factor was used in this visit, one's own or that of the sign-in service.

    Who set one up in this visit has still to use it. The demonstration does without.
    """
    entries = get_authentication_records(request, user)
    return settings.DEMO_MODE or any(entry["method"] == "mfa" or entry.get("strong") is True for entry in entries)


def _records(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    return [entry for entry in get_authentication_records(request, user) if entry["method"] == METHOD]


class SecondFactorStage(AuthenticateStage):
    """The second factor after the first, unless the sign-in service has asked for one already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user: User = self.login.user
        if provider_vouches(request, user, open_roles(user)):
            return False
        is_needed: bool = super()._should_handle(request)
        return is_needed
