from django.apps import AppConfig


class SecrecyConfig(AppConfig):
    name = "openintegriteit.registers.secrecy"
    label = "secrecy"
