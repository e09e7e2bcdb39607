"""Pages of a campaign that need its group; config/urls.py hands them what a higher floor knows of it."""

from django.urls import path

from openintegriteit.campaigns import views

urlpatterns = [
    path("campagnes/<uuid:pk>/", views.campaign, name="campaign"),
    path("campagnes/<uuid:pk>/starten/", views.start, name="campaign_start"),
]
