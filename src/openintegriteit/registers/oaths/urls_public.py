"""What people open by the link in a mail, without an account."""

from django.urls import path

from openintegriteit.registers.oaths import views_signing

urlpatterns = [path("verklaring/<str:token>/", views_signing.sign, name="sign_statement")]
