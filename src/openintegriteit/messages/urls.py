"""Addresses of this app."""

from django.urls import path

from openintegriteit.messages import views

app_name = "messages"
urlpatterns = [
    path("post/", views.stuck, name="stuck"),
    path("post/<uuid:message_id>/opnieuw/", views.try_again, name="try_again"),
    path("post/<uuid:message_id>/weg/", views.discard, name="discard"),
]
