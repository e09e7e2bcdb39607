"""The app that counts what officials declared in a year, without naming anybody."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "openintegriteit.registers.overview"
    label = "overview"
