from django.apps import AppConfig


class ProhibitedActsConfig(AppConfig):
    name = "openintegriteit.registers.prohibited_acts"
    label = "prohibited_acts"
