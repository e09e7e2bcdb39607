"""Addresses of this app."""

from django.urls import path

from openintegriteit.figures import views

app_name = "figures"
urlpatterns = [
    path("cijfers/", views.figures, name="figures"),
    path("cijfers/eigen/", views.indicator_new, name="indicator_new"),
    path("cijfers/<slug:code>/", views.indicator, name="indicator"),
    path("cijfers/<slug:code>/<int:year>/", views.figure_edit, name="figure_edit"),
]
