"""Addresses of the public site as its keepers see it; the site itself is files (`serving.py`)."""

from django.urls import path

from openintegriteit.publication import views

app_name = "publication"
urlpatterns = [
    path("openbare-site/", views.overview, name="overview"),
    path("openbare-site/instellingen/", views.settings, name="settings"),
    path("openbare-site/regels/", views.entries, name="entries"),
    path("openbare-site/regels/<uuid:pk>/uit-beeld/", views.hide, name="hide"),
    path("openbare-site/uit-beeld/<uuid:pk>/terug/", views.show_again, name="show_again"),
]
