from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "openintegriteit.organisations"
    label = "organisations"
