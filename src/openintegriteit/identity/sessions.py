"""Where sessions are kept (settings.SESSION_ENGINE): Django's database store that also knows whose a session is."""

import re
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from openintegriteit.identity.models import Session

SIGNED_IN_AT = "signed_in_at"
SESSION_KEY_FORM = re.compile("[a-z0-9]{8,40}")


class SessionStore(DatabaseStore):
    """Writes the person and the moment of signing in beside the session's data."""

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether a cookie may be the key of a session; the database is not asked for anything else."""
        return key is not None and SESSION_KEY_FORM.fullmatch(key) is not None

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The table of sessions."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for this session's data."""
        if SESSION_KEY in data:
            data.setdefault(SIGNED_IN_AT, timezone.now().isoformat())
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id = data.get(SESSION_KEY)
        row.signed_in_at = datetime.fromisoformat(data[SIGNED_IN_AT]) if SESSION_KEY in data else None
        return row
