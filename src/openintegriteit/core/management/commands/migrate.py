"""Django's migrate, after which rows are protected, the everyday user gets its rights and indexes are known."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from openintegriteit.config.database import database_from_url
from openintegriteit.core.database import learn_sizes
from openintegriteit.core.tenancy import protect_rows


class Command(migrate.Command):
    """Migrate as the owner of the tables where one is set, and as the only user otherwise."""

    def handle(self, *args: Any, **options: Any) -> None:
        everyday_user = connection.settings_dict["USER"]
        with as_owner():
            super().handle(*args, **options)
            call_command("createcachetable", verbosity=0)
            protect_rows()
            if settings.DATABASE_OWNER_URL:
                self._grant(everyday_user)
            learn_sizes(connection)

    def _grant(self, user: str) -> None:
        name = connection.ops.quote_name(user)
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables where one is set, and as the everyday user afterwards."""
    if not settings.DATABASE_OWNER_URL:
        yield
        return
    owner = database_from_url(settings.DATABASE_OWNER_URL)
    everyday_user = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({key: owner[key] for key in everyday_user})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(everyday_user)
