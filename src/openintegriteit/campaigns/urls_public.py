"""What people open by the link in a mail, without an account. Who includes this hands down `reading_of`."""

from django.urls import path

from openintegriteit.campaigns import views_reading

urlpatterns = [path("lezen/<str:token>/", views_reading.read, name="read_campaign")]
