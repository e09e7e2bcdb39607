from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "openintegriteit.core"
    label = "core"
