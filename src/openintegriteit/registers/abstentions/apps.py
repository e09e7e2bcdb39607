from django.apps import AppConfig


class AbstentionsConfig(AppConfig):
    name = "openintegriteit.registers.abstentions"
    label = "abstentions"
