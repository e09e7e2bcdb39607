from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "openintegriteit.identity"
    label = "identity"
