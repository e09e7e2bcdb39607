from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "openintegriteit.ui"
    label = "ui"
