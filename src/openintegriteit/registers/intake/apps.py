"""The app that brings in registers that a body kept in a spreadsheet."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "openintegriteit.registers.intake"
    label = "intake"
