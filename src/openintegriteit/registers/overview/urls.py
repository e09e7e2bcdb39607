"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.overview import views

app_name = "overview"
urlpatterns = [path("opgaven-per-jaar/", views.year, name="year")]
