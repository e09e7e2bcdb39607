from django.apps import AppConfig


class InterestsConfig(AppConfig):
    name = "openintegriteit.registers.interests"
    label = "interests"
