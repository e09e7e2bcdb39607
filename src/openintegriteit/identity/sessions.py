"""Where sessions are kept (settings.SESSION_ENGINE): Django's store that also knows whose a session is, and where."""

import re
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import django_scopes
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from openintegriteit.identity.models import Session, User

SIGNED_IN_AT = "signed_in_at"
NOTED_AFTER = timedelta(minutes=1)
SESSION_KEY_FORM = re.compile("[a-z0-9]{8,40}")
# Whose the session is that was read last here, until it is asked for. Django asks right after reading a session.
_VISITOR: ContextVar[User | None] = ContextVar("visitor", default=None)


class SessionStore(DatabaseStore):
    """Writes the person, the body and the moment of signing in beside the session's data.

    A session counts at the body where it began, whatever cookie a browser shows to another, no longer than
    `SESSION_COOKIE_AGE` after signing in, however busy the visit is, and not after `SESSION_REST` without any request.
    """

    body: UUID | None = None  # set by the middleware: the session is written after the body's scope has closed

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether a cookie may be the key of a session; the database is not asked for anything else."""
        return key is not None and SESSION_KEY_FORM.fullmatch(key) is not None

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The table of sessions."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row of this key, unless it belongs to another body or has ended; then as if there were none."""
        rows = Session.objects.select_related("user")
        row = rows.filter(session_key=self.session_key, expire_date__gt=timezone.now()).first()
        counts = row is not None and row.body_id in (None, self._here()) and not _has_ended(row)
        _VISITOR.set(row.user if row and counts else None)
        if row is None or not counts:
            self._session_key = None
            return None
        _note_use(row)
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for this session's data."""
        if SESSION_KEY in data:
            data.setdefault(SIGNED_IN_AT, timezone.now().isoformat())
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # the stubs know Django's table only
        row.user_id = data.get(SESSION_KEY)
        row.body_id = self._here()
        row.used_at = timezone.now()
        row.signed_in_at = datetime.fromisoformat(data[SIGNED_IN_AT]) if SESSION_KEY in data else None
        return row

    def _here(self) -> UUID | None:
        in_scope: UUID | None = django_scopes.get_scope().get("organisation")
        return self.body or in_scope


def visitor(key: str) -> User | None:
    """The account with this key, when the session read last is theirs; once, so that it is never an old reading."""
    found = _VISITOR.get()
    _VISITOR.set(None)
    return found if found is not None and str(found.pk) == key else None


def _has_ended(row: Session) -> bool:
    if row.signed_in_at is None:
        return False
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    used_at = row.used_at or row.signed_in_at
    return min(row.signed_in_at + longest, used_at + settings.SESSION_REST) < timezone.now()


def _note_use(row: Session) -> None:
    """Keep when a visit was last used; once a minute is enough, and spares the database."""
    now = timezone.now()
    if row.signed_in_at is not None and (row.used_at is None or row.used_at + NOTED_AFTER < now):
        Session.objects.filter(pk=row.pk).update(used_at=now)
