from django.apps import AppConfig


class OathsConfig(AppConfig):
    name = "openintegriteit.registers.oaths"
    label = "oaths"
