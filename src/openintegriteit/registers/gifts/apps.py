from django.apps import AppConfig


class GiftsConfig(AppConfig):
    name = "openintegriteit.registers.gifts"
    label = "gifts"
