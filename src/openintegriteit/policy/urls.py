"""Addresses of this app."""

from django.urls import path

from openintegriteit.policy import views, views_plan_parts, views_plans, views_reading

app_name = "policy"
urlpatterns = [
    path("wat-de-wet-vraagt/", views.obligations, name="obligations"),
    path("regelingen/", views.regulations, name="regulations"),
    path("regelingen/nieuw/", views.regulation_new, name="regulation_new"),
    path("regelingen/<uuid:pk>/", views.regulation, name="regulation"),
    path("regelingen/<uuid:pk>/wijzigen/", views.regulation_edit, name="regulation_edit"),
    path("regelingen/<uuid:pk>/versie/", views.version_new, name="version_new"),
    path("regelingen/versies/<uuid:pk>/", views_reading.version, name="version"),
    path("regelingen/versies/<uuid:pk>/tekst/", views_reading.version_text, name="version_text"),
    path("regelingen/versies/<uuid:pk>/laten-lezen/", views_reading.version_campaign, name="version_campaign"),
    path("mijn-regels/", views_reading.rules_for_me, name="my_rules"),
    path("mijn-regels/<uuid:pk>/", views_reading.rule_for_me, name="my_rule"),
    path("mijn-regels/<uuid:pk>/gelezen/", views_reading.say_read, name="say_read"),
    path("beleidsplannen/", views_plans.plans, name="plans"),
    path("beleidsplannen/nieuw/", views_plans.plan_new, name="plan_new"),
    path("beleidsplannen/<uuid:pk>/wijzigen/", views_plans.plan_edit, name="plan_edit"),
    path("beleidsplannen/<uuid:pk>/vaststellen/", views_plans.plan_adopt, name="plan_adopt"),
    path("beleidsplannen/<uuid:pk>/volgende-versie/", views_plans.plan_next, name="plan_next"),
    path("beleidsplannen/<uuid:pk>/nieuw/<slug:kind>/", views_plan_parts.part_new, name="plan_part_new"),
    path("beleidsplannen/<slug:kind>/<uuid:pk>/", views_plan_parts.part_edit, name="plan_part_edit"),
    path("beleidsplannen/<slug:kind>/<uuid:pk>/weg/", views_plan_parts.part_remove, name="plan_part_remove"),
]
