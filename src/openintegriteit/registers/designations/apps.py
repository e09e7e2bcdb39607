from django.apps import AppConfig


class DesignationsConfig(AppConfig):
    name = "openintegriteit.registers.designations"
    label = "designations"
