"""Addresses of this register. Every register has the names "new" (for a person) and "edit" (of a declaration)."""

from django.urls import path

from openintegriteit.registers.prohibited_acts import views

app_name = "prohibited_acts"
urlpatterns = [
    path("verboden-handelingen/", views.acts, name="acts"),
    path("verboden-handelingen/nieuw/<uuid:person_id>/", views.new, name="new"),
    path("verboden-handelingen/<uuid:pk>/wijzigen/", views.edit, name="edit"),
]
