"""Addresses of this register. Every register has the names "new" (for a person) and "edit" (of a declaration)."""

from django.urls import path

from openintegriteit.registers.outside_positions import views

app_name = "outside_positions"
urlpatterns = [
    path("nevenfuncties/", views.positions, name="positions"),
    path("nevenfuncties/nieuw/<uuid:person_id>/", views.new, name="new"),
    path("nevenfuncties/<uuid:pk>/wijzigen/", views.edit, name="edit"),
]
