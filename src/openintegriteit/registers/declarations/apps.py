from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "openintegriteit.registers.declarations"
    label = "declarations"
