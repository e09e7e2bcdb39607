from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "openintegriteit.core"
    label = "core"

    def ready(self) -> None:
        """Make looking up a text cheap."""
        from openintegriteit.core.catalogues import join_catalogues  # Django reads texts when all apps are there

        join_catalogues()
