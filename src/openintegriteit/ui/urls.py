"""The page that shows every component."""

from django.urls import path

from openintegriteit.ui import views

app_name = "ui"
urlpatterns = [path("onderdelen/", views.components, name="components")]
