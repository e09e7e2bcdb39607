"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.screening import views

app_name = "screening"
urlpatterns = [
    path("screening/", views.owing_list, name="owing"),
    path("screening/gedaan/", views.screenings, name="screenings"),
    path("screening/nieuw/", views.new, name="new"),
    path("screening/regels/", views.rules, name="rules"),
    path("screening/regels/nieuw/", views.rule_new, name="rule_new"),
    path("screening/regels/<uuid:pk>/", views.rule_edit, name="rule_edit"),
    path("screening/<uuid:pk>/", views.screening, name="screening"),
    path("screening/<uuid:pk>/wijzigen/", views.edit, name="edit"),
    path("screening/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
]
