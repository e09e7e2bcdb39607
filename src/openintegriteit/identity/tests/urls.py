"""All addresses, with those that the project mounts at its root."""

from django.urls import include, path

from openintegriteit.config.urls import urlpatterns as project

urlpatterns = [
    *project,
    path("", include("openintegriteit.identity.urls_public")),
    path("werk/", include("openintegriteit.messages.urls")),
]
