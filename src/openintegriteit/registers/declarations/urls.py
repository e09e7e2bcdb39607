"""Addresses of this app, about declarations of every register."""

from django.urls import path

from openintegriteit.registers.declarations import views

app_name = "declarations"
urlpatterns = [
    path("mijn-opgaven/", views.mine, name="mine"),
    path("opgaven/beslissen/", views.to_decide, name="to_decide"),
    path("opgaven/<uuid:pk>/stoppen/", views.end, name="end"),
    path("opgaven/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("opgaven/<uuid:pk>/bevestigen/", views.confirm, name="confirm"),
    path("opgaven/geen/<uuid:person_id>/<slug:register>/", views.nothing, name="nothing"),
]
