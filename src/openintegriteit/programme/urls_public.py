"""What owners without an account open: the link in a mail about their measures."""

from django.urls import path

from openintegriteit.programme import views_digests

urlpatterns = [path("antwoord/<str:token>/", views_digests.answer, name="answer_measures")]
