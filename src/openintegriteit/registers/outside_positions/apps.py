from django.apps import AppConfig


class OutsidePositionsConfig(AppConfig):
    name = "openintegriteit.registers.outside_positions"
    label = "outside_positions"
