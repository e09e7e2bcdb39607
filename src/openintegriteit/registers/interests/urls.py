"""Addresses of this register. Every register has the names "new" (for a person) and "edit" (of a declaration)."""

from django.urls import path

from openintegriteit.registers.interests import views

app_name = "interests"
urlpatterns = [
    path("belangen/", views.interests, name="interests"),
    path("belangen/nog-geen-antwoord/", views.without_answer, name="unanswered"),
    path("belangen/nieuw/<uuid:person_id>/", views.new, name="new"),
    path("belangen/<uuid:pk>/wijzigen/", views.edit, name="edit"),
]
