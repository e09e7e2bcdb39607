"""The app that asks groups to look at what they declared."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "openintegriteit.registers.rounds"
    label = "rounds"
