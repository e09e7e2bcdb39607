from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "openintegriteit.core"
    label = "core"

    def ready(self) -> None:
        """Make looking up a text and asking for many keys cheap."""
        from django.db.models import ForeignKey, UUIDField

        from openintegriteit.core.among import Among
        from openintegriteit.core.catalogues import join_catalogues  # Django reads texts when all apps are there

        join_catalogues()
        for field in (ForeignKey, UUIDField):
            field.register_lookup(Among)
