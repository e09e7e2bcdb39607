from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "openintegriteit.accountability"
    label = "accountability"
