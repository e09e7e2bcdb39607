"""Whose a visit is (settings.AUTHENTICATION_BACKENDS): allauth's answer, without a query for what is known already."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from openintegriteit.identity.models import User
from openintegriteit.identity.sessions import visitor


class VisitBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Takes the account that came with the row of its session, which every page reads anyway."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, unless it may not sign in any more (no query within a request)."""
        found = visitor(str(user_id))
        if found is None:
            read: User | None = super().get_user(user_id)
            return read
        return found if self.user_can_authenticate(found) else None
