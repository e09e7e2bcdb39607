from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "openintegriteit.programme"
    label = "programme"
