"""Setting up an empty installation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
