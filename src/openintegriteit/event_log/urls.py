"""Addresses of this app."""

from django.urls import path

from openintegriteit.event_log import views

app_name = "event_log"
urlpatterns = [
    path("logboek/", views.entries, name="entries"),
    path("logboek/<uuid:pk>/", views.entry, name="entry"),
]
