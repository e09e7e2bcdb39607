from django.apps import AppConfig


class DeparturesConfig(AppConfig):
    name = "openintegriteit.registers.departures"
    label = "departures"
