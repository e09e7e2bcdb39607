"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.oaths import views

app_name = "oaths"
urlpatterns = [
    path("eden/", views.owing_list, name="owing"),
    path("eden/afgelegd/", views.taken, name="taken"),
    path("eden/nieuw/", views.new, name="new"),
    path("eden/teksten/", views.texts, name="texts"),
    path("eden/teksten/nieuw/", views.new_text, name="new_text"),
    path("eden/versturen/", views.send, name="send"),
    path("eden/<uuid:pk>/", views.oath, name="oath"),
    path("eden/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
]
