"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.abstentions import views, views_abstentions, views_exemptions

app_name = "abstentions"
urlpatterns = [
    path("mijn-vergaderingen/", views_abstentions.mine, name="mine"),
    path("vergaderingen/", views.meetings, name="meetings"),
    path("vergaderingen/nieuw/", views.new, name="new"),
    path("vergaderingen/inlezen/", views.bring_in_file, name="import"),
    path("vergaderingen/<uuid:pk>/", views.meeting, name="meeting"),
    path("vergaderingen/<uuid:pk>/wijzigen/", views.edit, name="edit"),
    path("vergaderingen/<uuid:pk>/afgezegd/", views.call_off, name="call_off"),
    path("vergaderingen/<uuid:pk>/onderwerpen/", views.add_subjects, name="add_subjects"),
    path("vergaderingen/<uuid:pk>/vergelijken/", views.compare, name="compare"),
    path("vergaderingen/<uuid:pk>/vastgelegd/", views.conclude, name="conclude"),
    path("vergaderingen/onderwerpen/<uuid:pk>/", views.subject, name="subject"),
    path("vergaderingen/onderwerpen/<uuid:pk>/weghalen/", views.remove_subject, name="remove_subject"),
    path("vergaderingen/onderwerpen/<uuid:pk>/melden/", views_abstentions.announce, name="announce"),
    path("vergaderingen/onderwerpen/<uuid:pk>/onthouding/", views_abstentions.new, name="record"),
    path("vergaderingen/signalen/<uuid:pk>/", views_abstentions.dismiss, name="dismiss"),
    path("onthoudingen/", views_abstentions.abstentions, name="abstentions"),
    path("onthoudingen/<uuid:pk>/", views_abstentions.abstention, name="abstention"),
    path("onthoudingen/<uuid:pk>/wijzigen/", views_abstentions.edit, name="change"),
    path("onthoudingen/<uuid:pk>/intrekken/", views_abstentions.withdraw, name="withdraw"),
    path("ontheffingen/", views_exemptions.exemptions, name="exemptions"),
    path("ontheffingen/nieuw/", views_exemptions.new, name="new_exemption"),
    path("ontheffingen/<uuid:pk>/", views_exemptions.exemption, name="exemption"),
    path("ontheffingen/<uuid:pk>/wijzigen/", views_exemptions.edit, name="edit_exemption"),
]
