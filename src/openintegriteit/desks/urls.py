"""Addresses of this app for people who are signed in."""

from django.urls import path

from openintegriteit.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.home, name="home"),
    path("jaarkalender/", views.calendar, name="calendar"),
    path("zoeken/", views.search, name="search"),
]
