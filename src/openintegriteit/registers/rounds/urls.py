"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.rounds import views

app_name = "rounds"
urlpatterns = [
    path("opgaven-vragen/", views.new, name="new"),
    path("opgaven-vragen/<uuid:pk>/wijzigen/", views.edit, name="edit"),
    path("opgaven-gevraagd/<uuid:pk>/", views.mine, name="mine"),
    path("opgaven-gevraagd/<uuid:pk>/team/", views.team, name="team"),
    path("opgaven-gevraagd/<uuid:pk>/<str:register>/nieuw/", views.mine_new, name="mine_new"),
    path("opgaven-gevraagd/<uuid:pk>/<uuid:declaration>/wijzigen/", views.mine_edit, name="mine_edit"),
    path("opgaven-gevraagd/<uuid:pk>/<uuid:declaration>/gestopt/", views.mine_end, name="mine_end"),
    path("opgaven-op-papier/<uuid:pk>/", views.paper, name="paper"),
    path("opgaven-op-papier/<uuid:pk>/<str:register>/nieuw/", views.paper_new, name="paper_new"),
    path("opgaven-op-papier/<uuid:pk>/<uuid:declaration>/wijzigen/", views.paper_edit, name="paper_edit"),
    path("opgaven-op-papier/<uuid:pk>/<uuid:declaration>/gestopt/", views.paper_end, name="paper_end"),
]
