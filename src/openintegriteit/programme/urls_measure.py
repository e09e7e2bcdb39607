"""The page of a measure; config/urls.py hands it the questions about it, which a higher floor knows."""

from django.urls import path

from openintegriteit.programme import views_measures

urlpatterns = [
    path("maatregelen/<uuid:pk>/", views_measures.measure, name="measure"),
    path("maatregelen/<uuid:pk>/bericht/", views_measures.measure_note, name="measure_note"),
]
