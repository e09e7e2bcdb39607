"""Addresses of this register. Every register has the names "new" (for a person) and "edit" (of a declaration)."""

from django.urls import path

from openintegriteit.registers.gifts import views, views_rules

app_name = "gifts"
urlpatterns = [
    path("geschenken/", views.gifts, name="gifts"),
    path("geschenken/nieuw/<uuid:person_id>/", views.new, name="new"),
    path("geschenken/<uuid:pk>/wijzigen/", views.edit, name="edit"),
    path("geschenken/gevers/", views.givers, name="givers"),
    path("geschenken/regels/", views_rules.rules, name="rules"),
    path("geschenken/regels/nieuw/<slug:regime>/", views_rules.rule_new, name="rule_new"),
    path("geschenken/regels/<uuid:pk>/weghalen/", views_rules.rule_remove, name="rule_remove"),
]
