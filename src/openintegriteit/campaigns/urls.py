"""Addresses of this app."""

from django.urls import path

from openintegriteit.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("campagnes/", views.campaigns, name="campaigns"),
    path("campagnes/<uuid:pk>/wijzigen/", views.campaign_edit, name="campaign_edit"),
    path("campagnes/<uuid:pk>/sluiten/", views.close, name="close"),
    path("campagnes/<uuid:pk>/mensen/", views.invitees, name="invitees"),
    path("campagnes/op-papier/<uuid:pk>/", views.note_paper, name="note_paper"),
]
