"""Addresses of this app for people who are signed in."""

from django.urls import path

from openintegriteit.desks import views, views_calendar, views_feed

app_name = "desks"
urlpatterns = [
    path("", views.home, name="home"),
    path("jaarkalender/", views_calendar.calendar, name="calendar"),
    path("jaarkalender/agenda/", views_feed.feed, name="feed"),
    path("jaarkalender/agenda/maken/", views_feed.make, name="feed_make"),
    path("jaarkalender/agenda/stoppen/", views_feed.stop, name="feed_stop"),
    path("zoeken/", views.search, name="search"),
]
