"""Addresses of this app."""

from django.urls import URLPattern

app_name = "organisations"
urlpatterns: list[URLPattern] = []
