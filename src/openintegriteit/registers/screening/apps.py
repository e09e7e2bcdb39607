from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "openintegriteit.registers.screening"
    label = "screening"
