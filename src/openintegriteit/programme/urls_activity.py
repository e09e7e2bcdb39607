"""The page of an activity; config/urls.py hands it the app that knows more about it, which stands on a higher floor."""

from django.urls import path

from openintegriteit.programme import views_activities

urlpatterns = [path("activiteiten/<uuid:pk>/", views_activities.activity, name="activity")]
