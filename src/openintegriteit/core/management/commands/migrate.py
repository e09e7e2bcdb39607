"""Django's migrate, after which the rows of each body are protected and the everyday user gets its rights."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from openintegriteit.config.database import database_from_url
from openintegriteit.core.tenancy import protect_rows


class Command(migrate.Command):
    """Migrate as the owner of the tables where one is set, and as the only user otherwise."""

    def handle(self, *args: Any, **options: Any) -> None:
        everyday_user = connection.settings_dict["USER"]
        if settings.DATABASE_OWNER_URL:
            connection.close()
            connection.settings_dict.update(
                {key: database_from_url(settings.DATABASE_OWNER_URL)[key] for key in ("USER", "PASSWORD")}
            )
        super().handle(*args, **options)
        call_command("createcachetable", verbosity=0)
        protect_rows()
        if settings.DATABASE_OWNER_URL:
            self._grant(everyday_user)
            connection.close()
            connection.settings_dict.update({key: settings.DATABASES["default"][key] for key in ("USER", "PASSWORD")})

    def _grant(self, user: str) -> None:
        name = connection.ops.quote_name(user)
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
