"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.designations import views

app_name = "designations"
urlpatterns = [
    path("aangewezen-functies/", views.designations, name="designations"),
    path("aangewezen-functies/nieuw/", views.new, name="new"),
    path("aangewezen-functies/<uuid:pk>/", views.designation, name="designation"),
    path("aangewezen-functies/<uuid:pk>/wijzigen/", views.edit, name="edit"),
]
