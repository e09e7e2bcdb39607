"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.departures import views, views_rules

app_name = "departures"
urlpatterns = [
    path("vertrek/", views.unrecorded_list, name="unrecorded"),
    path("vertrek/vastgelegd/", views.departures, name="departures"),
    path("vertrek/nieuw/", views.new, name="new"),
    path("vertrek/opnieuw/", views.hire, name="hire"),
    path("vertrek/regels/", views_rules.rules, name="rules"),
    path("vertrek/regels/nieuw/", views_rules.rule_new, name="rule_new"),
    path("vertrek/regels/<uuid:pk>/", views_rules.rule_edit, name="rule_edit"),
    path("vertrek/<uuid:pk>/", views.departure, name="departure"),
    path("vertrek/<uuid:pk>/wijzigen/", views.edit, name="edit"),
    path("vertrek/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
]
