"""The public side of a body."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
