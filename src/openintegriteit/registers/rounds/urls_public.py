"""What people open by the link in a mail, without an account."""

from django.urls import path

from openintegriteit.registers.rounds import views_link

urlpatterns = [
    path("opgave/<str:token>/", views_link.by_mail, name="declare_in_round"),
    path("opgave/<str:token>/<str:register>/nieuw/", views_link.by_mail_new, name="declare_in_round_new"),
    path("opgave/<str:token>/<uuid:declaration>/wijzigen/", views_link.by_mail_edit, name="declare_in_round_edit"),
    path("opgave/<str:token>/<uuid:declaration>/gestopt/", views_link.by_mail_end, name="declare_in_round_end"),
]
