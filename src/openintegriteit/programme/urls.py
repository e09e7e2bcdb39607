"""Addresses of this app."""

from django.urls import path

from openintegriteit.programme import (
    views_action_plans,
    views_activities,
    views_bulk,
    views_digests,
    views_evidence,
    views_findings,
    views_measures,
)

app_name = "programme"
urlpatterns = [
    path("maatregelen/", views_measures.measures, name="measures"),
    path("maatregelen/nieuw/", views_measures.measure_new, name="measure_new"),
    path("maatregelen/samen-wijzigen/", views_bulk.measures_bulk, name="measures_bulk"),
    path("maatregelen/rubrieken/", views_measures.headings, name="headings"),
    path("maatregelen/rubrieken/<uuid:pk>/", views_measures.heading, name="heading"),
    path("maatregelen/plannen/", views_action_plans.action_plans, name="action_plans"),
    path("maatregelen/plannen/nieuw/", views_action_plans.action_plan_new, name="action_plan_new"),
    path("maatregelen/plannen/<uuid:pk>/", views_action_plans.action_plan_edit, name="action_plan_edit"),
    path("maatregelen/herinneringen/", views_digests.reminders, name="reminders"),
    path("maatregelen/<uuid:pk>/", views_measures.measure, name="measure"),
    path("maatregelen/<uuid:pk>/wijzigen/", views_measures.measure_edit, name="measure_edit"),
    path("maatregelen/<uuid:pk>/stand/", views_measures.measure_status, name="measure_status"),
    path("maatregelen/<uuid:pk>/bericht/", views_measures.measure_note, name="measure_note"),
    path("maatregelen/<uuid:pk>/bewijs/", views_evidence.evidence_new, name="evidence_new"),
    path("maatregelen/bewijs/<uuid:pk>/intrekken/", views_evidence.evidence_withdraw, name="evidence_withdraw"),
    path("bevindingen/", views_findings.findings, name="findings"),
    path("bevindingen/nieuw/", views_findings.finding_new, name="finding_new"),
    path("bevindingen/<uuid:pk>/", views_findings.finding, name="finding"),
    path("bevindingen/<uuid:pk>/wijzigen/", views_findings.finding_edit, name="finding_edit"),
    path("activiteiten/", views_activities.activities, name="activities"),
    path("activiteiten/nieuw/", views_activities.activity_new, name="activity_new"),
    path("activiteiten/<uuid:pk>/", views_activities.activity, name="activity"),
    path("activiteiten/<uuid:pk>/wijzigen/", views_activities.activity_edit, name="activity_edit"),
    path("activiteiten/<uuid:pk>/gehouden/", views_activities.activity_answer, name="activity_answer"),
]
