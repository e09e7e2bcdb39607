"""From one address to Django's database settings, with everything that must survive a power cut."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_AT_CONNECT = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-64000; "
    "PRAGMA temp_store=MEMORY;"
)
# PostgreSQL plans for discs that turn unless it is told otherwise: then it sorts all rows where an index has the order.
NEAR_AT_HAND = "-c random_page_cost=1.1"


def database_from_url(url: str) -> dict[str, Any]:
    """Settings for `sqlite:///<path>` (an absolute path makes four slashes) or `postgresql://user:password@host:port/name?sslmode=...`.

    Raises ImproperlyConfigured for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_AT_CONNECT},
        }
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": NEAR_AT_HAND, **dict(parse_qsl(parts.query))},
        }
    raise ImproperlyConfigured(
        "OPENINTEGRITEIT_DATABASE_URL is geen adres dat wij kennen. Gebruik sqlite:///pad/naar/bestand.db of "
        "postgresql://gebruiker:wachtwoord@server:5432/naam."
    )
