from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "openintegriteit.desks"
    label = "desks"
