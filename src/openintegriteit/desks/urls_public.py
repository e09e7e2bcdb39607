"""The public side of a body."""

from django.urls import path

from openintegriteit.desks import views, views_feed

urlpatterns = [
    path("", views.public_home, name="public_home"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("agenda/<str:token>.ics", views_feed.calendar_file, name="calendar_file"),
]
