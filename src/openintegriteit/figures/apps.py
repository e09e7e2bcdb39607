from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "openintegriteit.figures"
    label = "figures"
