"""Addresses of this app."""

from django.urls import path

from openintegriteit.coordination import views

app_name = "coordination"
urlpatterns = [
    path("adviezen/", views.advices, name="advices"),
    path("adviezen/nieuw/", views.advice_new, name="advice_new"),
    path("adviezen/geteld/", views.counts, name="counts"),
    path("adviezen/themas/", views.themes, name="themes"),
    path("adviezen/<uuid:pk>/", views.advice, name="advice"),
    path("adviezen/<uuid:pk>/wijzigen/", views.advice_edit, name="advice_edit"),
]
