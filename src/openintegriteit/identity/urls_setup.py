"""Setting up an empty installation."""

from django.urls import path

from openintegriteit.identity import views_setup, views_style

app_name = "identity_setup"
urlpatterns = [
    path("", views_setup.code, name="code"),
    path("organisatie/", views_setup.body, name="body"),
    path("huisstijl/", views_setup.colour, name="colour"),
    path("beheerder/", views_setup.administrator, name="administrator"),
    path("huisstijl.css", views_style.sheet, name="style_sheet"),
]
