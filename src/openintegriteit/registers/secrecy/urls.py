"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.secrecy import views

app_name = "secrecy"
urlpatterns = [
    path("geheimhouding/", views.listed, name="list"),
    path("geheimhouding/nieuw/", views.new, name="new"),
    path("geheimhouding/<uuid:pk>/", views.one, name="one"),
    path("geheimhouding/<uuid:pk>/wijzigen/", views.edit, name="edit"),
    path("geheimhouding/<uuid:pk>/opheffen/", views.lift, name="lift"),
    path("geheimhouding/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("geheimhouding/<uuid:pk>/uitsluiten/", views.exclude, name="exclude"),
    path("geheimhouding/uitsluitingen/<uuid:pk>/intrekken/", views.withdraw_exclusion, name="withdraw_exclusion"),
]
