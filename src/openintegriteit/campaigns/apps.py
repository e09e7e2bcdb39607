from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "openintegriteit.campaigns"
    label = "campaigns"
