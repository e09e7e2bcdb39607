"""The page of a policy plan; config/urls.py hands it what is done for goals, which a higher floor knows."""

from django.urls import path

from openintegriteit.policy import views_plans

urlpatterns = [path("beleidsplannen/<uuid:pk>/", views_plans.plan, name="policy_plan")]
