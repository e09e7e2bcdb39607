from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "openintegriteit.coordination"
    label = "coordination"
