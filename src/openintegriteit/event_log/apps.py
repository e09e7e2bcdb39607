from django.apps import AppConfig


class EventLogConfig(AppConfig):
    name = "openintegriteit.event_log"
    label = "event_log"
