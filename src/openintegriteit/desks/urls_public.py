"""The public side of a body."""

from django.urls import path

from openintegriteit.desks import views

urlpatterns = [
    path("", views.public_home, name="public_home"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
