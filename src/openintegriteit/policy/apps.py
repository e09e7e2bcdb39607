from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "openintegriteit.policy"
    label = "policy"
